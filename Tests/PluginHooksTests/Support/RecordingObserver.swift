import PluginHooks
import PluginPayloads
import Synchronization

/// Keeps all events as text, and lets a test wait for one.
final class RecordingObserver: HookObserver {
    private struct State {
        var events: [String] = []
        var waiting: [(event: String, count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    var events: [String] { state.withLock { $0.events } }

    func record(_ event: HookEvent) {
        let text = Self.text(of: event)
        let ready = state.withLock { state in
            state.events.append(text)
            let count = state.events.count { $0 == text }
            let ready = state.waiting.filter { $0.event == text && $0.count <= count }
            state.waiting.removeAll { $0.event == text && $0.count <= count }
            return ready
        }
        for waiter in ready { waiter.continuation.resume() }
    }

    /// Waits until an event has been recorded a number of times.
    func wait(for event: String, count: Int = 1) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                let isThere = state.events.count { $0 == event } >= count
                if !isThere { state.waiting.append((event, count, continuation)) }
                return isThere
            }
            if isThere { continuation.resume() }
        }
    }

    private static func text(of event: HookEvent) -> String {
        switch event {
        case .violationIgnored(let plugin, let hook, let violation):
            "\(plugin) \(hook): violation \(violation.code) of \(violation.pluginName) ignored"
        case .errorIgnored(let error, let hook): "\(error.pluginName) \(hook): \(error.code) ignored"
        case .switchedOff(let error, let hook): "\(error.pluginName) \(hook): \(error.code) switches it off"
        case .fieldsDropped(let plugin, let hook, let fields):
            "\(plugin) \(hook): \(fields.joined(separator: ", ")) dropped"
        case .threadLost(let plugin, let hook, let lost): "\(plugin) \(hook): thread lost, \(lost) in all"
        case .endedLate(let plugin, let hook): "\(plugin) \(hook): ended late"
        case .dropped(let plugin, let hook, let count): "\(plugin) \(hook): \(count) dropped"
        case .threadLimit(let plugin, let lost, let isReached):
            "\(plugin): \(isReached ? "not called any more" : "called again"), \(lost) lost"
        case .totalThreadLimit(let lost, let isReached):
            "all: \(isReached ? "not called any more" : "called again"), \(lost) lost"
        case .breaker(let plugin, let hook, .opened(let cause, let time, let lastError)):
            "\(plugin) \(hook): opened for \(Seconds.text(time)) s by \(cause), last \(lastError)"
        case .breaker(let plugin, let hook, .triesAgain): "\(plugin) \(hook): tries again"
        case .breaker(let plugin, let hook, .closed): "\(plugin) \(hook): closed"
        case .overran(let plugin, let hook, _): "\(plugin) \(hook): overran"
        }
    }
}
