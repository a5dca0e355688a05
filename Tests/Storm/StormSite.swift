import PluginPayloads
import TestSupport

/// What both storms run on.
struct StormSite {
    /// The executable `hookgate`.
    let program: String
    /// What wrk is told to do.
    let script: String
    let build: VersionedBuild

    private static let configuration = """
        server: {port: 0}
        drop_dirs: [drop]
        plugin_settings: {load_unlisted: true, probe_timeout: 2}
        plugins: []
        """

    private static let prompt =
        #"{"name": "storm", "template": "before {{ version }} for {{ name }}"}"#

    /// Starts a gateway with the first build in its drop directory, and the prompt.
    func start(in directory: TemporaryDirectory) throws -> RunningGateway {
        try directory.makeDirectory("drop")
        try drop(0, in: directory)
        let gateway = try RunningGateway(program, Self.configuration, in: directory)
        let answer = try gateway.answer("POST", "/prompts", Self.prompt)
        guard answer.status == 200 else { throw SetupFailure("cannot make the prompt: \(answer)") }
        guard try shows(0, try RawConnection(port: gateway.port)) else { throw SetupFailure("the plugin does not run") }
        return gateway
    }

    /// Puts a build into the drop directory, in place of the one that is there.
    func drop(_ number: Int, in directory: TemporaryDirectory) throws {
        try directory.write(build.bytes(number), to: "drop/version_plugin.so")
    }

    /// Whether the gateway's answers are those of a build.
    func shows(_ number: Int, _ connection: RawConnection) throws -> Bool {
        let answer = try connection.answer("POST", "/prompts/storm", #"{"name": "Ada"}"#)
        let version = build.version(number)
        return answer.status == 200
            && answer.json?["messages"]?[0]?["content"]?["text"]?.string == "before \(version) for Ada after \(version)"
    }
}
