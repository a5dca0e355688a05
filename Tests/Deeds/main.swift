import CDeeds
import CSandbox
import Glibc
import PluginPayloads
import PluginSandbox

// Enters a sandbox as its argument says, does what it is asked, and prints what came of it.

func result(of request: Request) -> JSONObject {
    var result: JSONObject = [:]
    let violations = UnsafeMutablePointer<hookgate_sandbox_violations>.allocate(capacity: 1)
    unsafe violations.initialize(to: hookgate_sandbox_violations())
    if let user = request.startAs, deed_become(user) != 0 { return ["refusal": "cannot become \(user)"] }
    if let hidden = request.hidden, deed_hide(hidden.call, hidden.option) != 0 { return ["refusal": "cannot hide"] }
    var ends: [Int32] = [-1, -1]
    if request.hasControl, unsafe deed_open_control(&ends) != 0 { return ["refusal": "cannot connect"] }
    if request.hasThread, deed_start_thread() != 0 { return ["refusal": "cannot start a thread"] }
    do throws(SandboxError) {
        if let policy = request.policy {
            var sandbox = try unsafe Sandbox.enterBeforeLoading(
                policy,
                readable: request.readable,
                parent: request.parent,
                keeping: [0, 1, 2] + ends,
                violations: violations
            )
            if request.pretendsFilters, deed_pretend_filters() != 0 { return ["refusal": "cannot pretend"] }
            if request.afterLoading { try sandbox.enterAfterLoading(control: request.hasControl ? ends[0] : nil) }
            result["report"] = .object(sandbox.report.object)
        }
    } catch { return ["refusal": .string(error.description)] }
    result["deeds"] = .object(deeds(request))
    let seen = unsafe SandboxViolations(at: violations)
    result["violations"] = .int(Int64(seen.count))
    result["last_violation"] = seen.last.map(JSONValue.string)
    return result
}

func deeds(_ request: Request) -> JSONObject {
    let readable = unsafe strdup(request.readable.first ?? "/nowhere")
    var targets = unsafe deed_targets(victim: request.victim, readable: readable)
    var results: JSONObject = [:]
    for name in request.deeds {
        if name == "run_tasks" {
            results[name] = .string(Tasks.run())
        } else if let text = unsafe deed_do(name, &targets) {
            results[name] = .string(unsafe String(cString: text))
        } else {
            results[name] = "unknown deed"
        }
    }
    return results
}

func names() -> [String] {
    var names: [String] = []
    while let name = unsafe deed_name(names.count) { names.append(unsafe String(cString: name)) }
    return names + ["run_tasks"]
}

func show(_ text: String) {
    let bytes = Array(text.utf8)
    _ = unsafe write(1, bytes, bytes.count)
}

switch CommandLine.arguments.dropFirst().first {
case "--names": show(names().joined(separator: "\n"))
case "--victim":
    // Whom the others try to harm: it waits until it is not needed any more.
    var byte: UInt8 = 0
    _ = unsafe read(0, &byte, 1)
case let text?:
    guard let value = try? PayloadBlock(json: Array(text.utf8)).value, let request = Request(value) else { exit(64) }
    show(JSONValue.object(result(of: request)).description)
default: exit(64)
}
