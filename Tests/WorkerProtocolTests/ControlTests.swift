import Glibc
import PluginLoader
import PluginPayloads
import Testing
import WorkerProtocol

@Suite("A message on the control socket")
struct ControlTests {
    private static let registration = WorkerRegistration(
        name: "p",
        version: "1.0.0",
        isSerial: true,
        hooks: [.init(name: "tool_pre_invoke", mayDeny: true, mayModify: false)],
        sandbox: ["profile": "strict"]
    )

    private static let messages: [WorkerMessage] = [
        .ready(registration), .refused("no", problems: []),
        .refused("no", problems: [.init(isError: true, pointer: "/a", message: "m")]), .log(level: 2, "line\n\u{1}é"),
        .log(level: -1, ""), .health(problem: nil), .health(problem: "sick"), .stopped(problem: nil),
        .stopped(problem: "late"),
    ]

    /// Two connected ends, closed with this.
    private struct Pair: ~Copyable {
        let ours: ControlSocket
        let theirs: ControlSocket

        init() throws { (ours, theirs) = try ControlSocket.pair() }

        deinit {
            close(ours.descriptor)
            close(theirs.descriptor)
        }
    }

    private static func received(_ socket: ControlSocket) -> WorkerMessage? {
        if case .message(let value) = socket.receive(waits: false) { WorkerMessage(value) } else { nil }
    }

    @Test("of a worker arrives as it was sent, and in its order")
    func worker() throws {
        let pair = try Pair()
        for message in Self.messages { #expect(pair.theirs.send(message)) }
        for message in Self.messages { #expect(Self.received(pair.ours) == message) }
        guard case .nothing = pair.ours.receive(waits: false) else {
            Issue.record("there is nothing more")
            return
        }
    }

    @Test(
        "of the gateway arrives as it was sent",
        arguments: [.health(within: 5), .stop(within: 0), .listen] as [GatewayMessage]
    )
    func gateway(message: GatewayMessage) throws {
        let pair = try Pair()
        #expect(pair.ours.send(message))
        guard case .message(let value) = pair.theirs.receive(waits: true) else {
            Issue.record("no message")
            return
        }
        #expect(GatewayMessage(value) == message)
    }

    @Test("that is long is cut to what fits, and still arrives")
    func long() throws {
        let pair = try Pair()
        #expect(pair.theirs.send(.log(level: 1, String(repeating: "e\u{301}", count: 100_000))))
        guard case .log(1, let line)? = Self.received(pair.ours) else {
            Issue.record("no line")
            return
        }
        #expect(line.hasPrefix("e\u{301}e\u{301}"))
        #expect((8_000...9_000).contains(line.utf8.count))
        let problems = (0..<10_000).map { number in
            ConfigurationProblem(isError: true, pointer: "/\(number)", message: "has to be positive")
        }
        #expect(pair.theirs.send(.refused("no", problems: problems)))
        guard case .refused("no", let kept)? = Self.received(pair.ours) else {
            Issue.record("no refusal")
            return
        }
        #expect(kept == Array(problems.prefix(kept.count)))
        #expect(kept.count > 100)
    }

    private static let ofText: [@Sendable (String) -> WorkerMessage] = [
        { text in .log(level: 1, text) }, { text in .refused(text, problems: []) }, { text in .health(problem: text) },
        { text in .stopped(problem: text) },
    ]

    @Test("has texts of 8 KiB at most, also if somebody else than a worker has written it", arguments: 0..<4)
    func longForgery(kind: Int) {
        let message = Self.ofText[kind]
        let forged = message(String(repeating: "x", count: 60_000))
        #expect(WorkerMessage(.object(forged.object)) == message(String(repeating: "x", count: 8_192) + "…"))
    }

    @Test("of a worker with too many hooks is not sent")
    func tooLong() throws {
        let pair = try Pair()
        let hooks = (0..<1_024).map { number in
            WorkerRegistration.Hook(name: "a_hook_with_a_long_name_\(number)", mayDeny: false, mayModify: false)
        }
        let registration = WorkerRegistration(name: "p", version: "", isSerial: false, hooks: hooks, sandbox: [:])
        #expect(!pair.theirs.send(.ready(registration)))
    }

    @Test(
        "that is none is recognised",
        arguments: [
            "{}", "[]", "null", #"{"log": 1}"#, #"{"log": "x"}"#, #"{"ready": {}}"#, #"{"refused": "x"}"#,
            #"{"ready": {"name": "p", "version": "", "serial": false, "hooks": [{}], "sandbox": {}}}"#,
        ]
    )
    func none(text: String) throws {
        #expect(WorkerMessage(try JSONValue(json: text)) == nil)
        #expect(GatewayMessage(try JSONValue(json: text)) == nil)
    }

    @Test("that is no JSON, or nests too deep, is garbage")
    func garbage() throws {
        let pair = try Pair()
        let deep = String(repeating: "[", count: 17) + String(repeating: "]", count: 17)
        for text in ["hello", "{", "\u{0}", deep] {
            let bytes = Array(text.utf8)
            #expect(unsafe write(pair.theirs.descriptor, bytes, bytes.count) == bytes.count)
            guard case .garbage = pair.ours.receive(waits: false) else {
                Issue.record("\(text) is garbage")
                return
            }
        }
    }

    @Test("is not waited for when the other end is gone")
    func end() throws {
        let (ours, theirs) = try ControlSocket.pair()
        close(theirs.descriptor)
        defer { close(ours.descriptor) }
        guard case .end = ours.receive(waits: true) else {
            Issue.record("the other end is gone")
            return
        }
        #expect(!ours.send(.health(within: 1)))
    }
}
