/// A plugin that does harm, and all that has to come of it.
struct Rogue {
    /// What the caller of the plugin gets.
    enum Answer {
        /// The plugin's own answer: one of these texts.
        case text([String])
        case failure(Int, String)
        /// Either of both.
        case textOrFailure(String, Int, String)

        static let crashed = Answer.failure(500, "PLUGIN_CRASHED")
        static let timeout = Answer.failure(504, "PLUGIN_TIMEOUT")
        static let badReply = Answer.failure(500, "PLUGIN_BAD_REPLY")
    }

    /// The deed, and the name of the plugin and of its prompt.
    let name: String
    let file: String
    /// What callers get, one after the other, and then again from the start.
    let answers: [Answer]
    /// What status and log say of the end of its worker, one of these; empty if its worker lives.
    let end: [String]
    /// Whether the gateway has to kill the worker at the deadline.
    let isKilled: Bool
    /// The system call that the sandbox counts as refused; `nil` for none.
    let violation: String?
    /// More of its entry in the configuration.
    let process: String

    private init(
        _ name: String,
        _ answers: Answer...,
        end: String...,
        isKilled: Bool = false,
        violation: String? = nil,
        file: String = "rogue",
        process: String = ""
    ) {
        self.name = name
        self.file = file
        self.answers = answers
        self.end = end
        self.isKilled = isKilled
        self.violation = violation
        self.process = process
    }

    private static let refused = Answer.text(["EPERM", "EACCES"])

    /// Whether a call goes on beyond its deadline.
    var timesOut: Bool { answers.contains { if case .failure(504, _) = $0 { true } else { false } } }

    /// The deed as the plugin's configuration has it.
    var deed: String { name == "allocate_array" ? "allocate" : name }

    static let all = [
        // What ends the process.
        Rogue("segfault", .crashed, end: "it died of SIGSEGV"),
        Rogue("abort", .crashed, end: "it died of SIGABRT"),
        Rogue("overflow", .crashed, end: "it died of SIGSEGV"),
        Rogue("fatal_error", .crashed, end: "it died of SIGILL", "it died of SIGTRAP", file: "rogue_swift"),
        Rogue("out_of_range", .crashed, end: "it died of SIGILL", "it died of SIGTRAP", file: "rogue_swift"),
        Rogue("exit", .crashed, end: "it ended itself with status 0"),
        // It may have answered before anybody sees it.
        Rogue("close", .textOrFailure("closed", 500, "PLUGIN_CRASHED"), end: "it closed the descriptors"),
        // What takes time.
        Rogue("loop", .timeout, end: "had not ended at its deadline", isKilled: true),
        Rogue("sleep", .timeout, end: "had not ended at its deadline", isKilled: true),
        Rogue("late", .timeout, .text(["in time"]), process: "kill_grace: 10"),
        // What takes memory.
        Rogue("allocate", .text(["ENOMEM"])),
        Rogue(
            "allocate_array",
            .crashed,
            end: "it died of SIGILL",
            "it died of SIGTRAP",
            "it died of SIGABRT",
            file: "rogue_swift"
        ),
        // What the sandbox forbids.
        Rogue("open", refused),
        Rogue("environment", refused),
        Rogue("socket", refused, violation: "socket"),
        Rogue("fork", refused, violation: "clone"),
        Rogue("exec", refused, violation: "execve"),
        Rogue("kill", refused, violation: "kill"),
        Rogue("ptrace", refused, violation: "ptrace"),
        // What breaks the protocol of workers.
        Rogue("garbage", .badReply, end: "cannot be"),
        Rogue("offset", .badReply, end: "are not within the worker's areas"),
        Rogue("length", .badReply, end: "are not within the worker's areas"),
        Rogue("size", .badReply, end: "the block has 1048576 bytes, but only 32 are there"),
        Rogue("shared", .badReply, end: "cannot be"),
        Rogue("cycle", .badReply, end: "cannot be"),
        Rogue("question", .crashed, end: "its question cannot be"),
        Rogue("questions", .timeout, end: "had not ended at its deadline", isKilled: true),
    ]
}
