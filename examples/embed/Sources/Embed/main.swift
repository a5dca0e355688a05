import PluginPayloads
import PluginRuntime

// A mail program of its own that lets plugins look at each mail before it is sent. Usage:
// embed INSTALLATION CONFIGURATION, where INSTALLATION is the folder with hookgate-worker.

struct Email: Codable, Sendable {
    var recipient: String
    var subject: String
    var body: String
}

func send(_ email: Email, by runtime: PluginRuntime) async throws {
    let request = try runtime.request(RequestIdentity(requestID: "mail-1", user: "ada@example.com"))
    let (outcome, checked) = try await request.invoke("email_pre_send", encoding: email)
    if let violation = outcome.violation {
        print("not sent: \(violation.code): \(violation.reason)")
    } else if let error = outcome.error {
        print("not sent: \(error)")
    } else {
        print("sent to \(checked.recipient), metadata \(outcome.metadata)")
    }
}

let arguments = CommandLine.arguments
guard arguments.count == 3 else { fatalError("usage: embed INSTALLATION CONFIGURATION") }
let options = RuntimeOptions(installation: arguments[1])
let runtime = try await PluginRuntime(configuration: arguments[2], options: options)

// Once around all the work: then hooks run on the threads that the work is already on.
try await withTaskExecutorPreference(runtime.executor) {
    try await send(Email(recipient: "ada", subject: "Hi", body: "…"), by: runtime)
    try await send(Email(recipient: "bob@example.org", subject: "Hi", body: "…"), by: runtime)
}
await runtime.shutdown()
