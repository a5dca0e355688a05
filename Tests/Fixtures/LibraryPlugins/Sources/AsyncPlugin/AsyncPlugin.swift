import CHookgate
import PluginSDK

/// Suspends its calls as their argument `act` says, and shows in their `result` what came of it.
struct AsyncPlugin: PromptPreFetchHook {
    static let name = "async_swift"
    static let version = "1.0.0"

    private let hall = Hall()

    /// What a call throws that was told to.
    struct Refusal: Error, CustomStringConvertible {
        let description = "thrown after a suspension"
    }

    init(configuration: NoConfiguration, host: PluginHost) {}

    func promptPreFetch(
        _ payload: PromptPreFetchPayload,
        _ context: HookContext
    ) async throws -> PromptPreFetchResult {
        var changed = payload
        changed.args?["result"] = .string(try await result(of: payload.args?["act"]?.string ?? ""))
        return .modified(changed)
    }

    private func result(of act: String) async throws -> String {
        switch act {
        case "wait":
            let (arrival, departure) = await hall.wait()
            return "\(arrival) \(departure)"
        case "throw":
            _ = await hall.wait()
            throw Refusal()
        case "open": await hall.open()
        case "obey":
            // Ends by the cancellation alone.
            do { try await Task.sleep(for: .seconds(3_600)) } catch {
                await hall.noteCancellation()
                throw error
            }
        case "ignore": await hall.stay()
        default: break
        }
        return await hall.text
    }
}

/// Where calls wait.
private actor Hall {
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var staying: [CheckedContinuation<Void, Never>] = []
    private var arrivals = 0
    private var departures = 0
    private var cancellations = 0

    var text: String { "\(waiting.count) wait, \(cancellations) cancelled" }

    /// Waits until the one who came after has left.
    ///
    /// - Returns: The caller's number among those who came, and among those who left.
    func wait() async -> (arrival: Int, departure: Int) {
        let arrival = arrivals
        arrivals += 1
        await withCheckedContinuation { waiting.append($0) }
        defer {
            departures += 1
            open()
        }
        return (arrival, departures)
    }

    /// Lets the last one leave.
    func open() { waiting.popLast()?.resume() }

    /// Waits for ever.
    func stay() async { await withCheckedContinuation { staying.append($0) } }

    func noteCancellation() { cancellations += 1 }
}

// swift-format-ignore: AlwaysUseLowerCamelCase
/// The entry that Hookgate calls.
@c @implementation
public func hg_plugin_entry_v1(
    _ host: UnsafePointer<hg_host>?,
    _ registrar: OpaquePointer?,
    _ config: UnsafePointer<hg_block>?,
    _ plugin: UnsafeMutablePointer<hg_plugin>?
) -> hg_status {
    unsafe AsyncPlugin.export(host, registrar, config, plugin)
}
