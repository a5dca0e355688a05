import Glibc
import PluginPayloads
import PluginSandbox
import TestSupport

/// Runs `hookgate-deeds`: a process that enters a sandbox and tries what it is asked.
struct Deeds {
    /// The user that the process begins as.
    enum Start: Sendable, CustomStringConvertible {
        /// The one that runs the tests.
        case current
        case user(UInt32)

        var description: String {
            switch self {
            case .current: "user \(geteuid())"
            case .user(let uid): "user \(uid)"
            }
        }

        /// All that can be had here: root can also be somebody else, if there are others.
        static let all: [Start] =
            geteuid() == 0 && SandboxPolicy.User(uid: 1_000, gid: 1_000).existsHere
            ? [.current, .user(1_000)] : [.current]

        /// Whether the process can become nobody.
        var becomesNobody: Bool {
            if case .current = self { geteuid() == 0 && SandboxPolicy.User.nobody.existsHere } else { false }
        }

        /// Whether the process is root of a container that has no other user, and stays that.
        var staysRoot: Bool {
            if case .current = self { geteuid() == 0 && !SandboxPolicy.User.nobody.existsHere } else { false }
        }
    }

    struct Result: Equatable {
        /// The exit status; 128 and the number of the signal that ended the process.
        var status: Int32 = 0
        var refusal: String?
        var report: SandboxReport?
        /// Deeds and what came of them.
        var deeds: [String: String] = [:]
        var violations: Int?
        var lastViolation: String?
    }

    var policy: SandboxPolicy
    var start = Start.current
    var afterLoading = false
    var parent = getpid()
    /// A system call that the kernel seems to lack, and its first argument or -1.
    var hidden: (call: Int, option: Int)?
    var hasThread = false
    /// Whether what is loaded has filters seem to be in force that are not.
    var pretendsFilters = false
    /// Whether there is a control connection, over which descriptors come.
    var hasControl = false

    init(_ policy: SandboxPolicy, afterLoading: Bool = false, from start: Start = .current) {
        (self.policy, self.afterLoading, self.start) = (policy, afterLoading, start)
    }

    /// Does deeds, in this order.
    func run(_ deeds: [String]) throws -> Result {
        let program = try BuiltProducts.directory() + "/hookgate-deeds"
        let directory = try TemporaryDirectory()
        _ = unsafe chmod(directory.path, 0o755)
        try directory.write("readable", to: "readable")
        let victim = try Victim(program)
        var request: JSONObject = [
            "policy": .object(policy.object), "parent": .int(Int64(parent)), "after_loading": .bool(afterLoading),
            "readable": [.string(directory("readable"))], "victim": .int(Int64(victim.process)),
            "deeds": .array(deeds.map(JSONValue.string)), "has_thread": .bool(hasThread),
            "has_control": .bool(hasControl), "pretends_filters": .bool(pretendsFilters),
        ]
        if case .user(let uid) = start { request["start_as"] = .int(Int64(uid)) }
        if let hidden { request["hidden"] = [.int(Int64(hidden.call)), .int(Int64(hidden.option))] }
        let output = try ChildProcess.run(program, [JSONValue.object(request).description])
        guard !output.output.isEmpty else { return Result(status: output.status) }
        let value = try PayloadBlock(json: Array(output.output.utf8)).value
        return Result(
            status: output.status,
            refusal: value["refusal"]?.string,
            report: value["report"].flatMap(SandboxReport.init),
            deeds: Dictionary(uniqueKeysWithValues: (value["deeds"]?.object ?? [:]).map { ($0.0, $0.1.string ?? "") }),
            violations: value["violations"]?.int,
            lastViolation: value["last_violation"]?.string
        )
    }
}

/// A process that deeds are aimed at.
private final class Victim {
    let process: pid_t
    private let leash: Int32

    init(_ program: String) throws {
        var ends: [Int32] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else { throw SetupFailure(operation: "make a pipe") }
        defer { close(ends[0]) }
        leash = ends[1]
        process = try unsafe ChildProcess.start(program, ["--victim"], environment: ["SECRET": "of the victim"]) {
            unsafe posix_spawn_file_actions_adddup2($0, ends[0], 0)
            unsafe posix_spawn_file_actions_addclose($0, ends[1])
        }
    }

    deinit {
        close(leash)
        // Another process that was started meanwhile may hold the other end, too.
        kill(process, SIGKILL)
        _ = ChildProcess.wait(for: process)
    }
}
