import Synchronization

/// Holds a handler until the test lets it go on.
final class Gate: Sendable {
    private struct State {
        var isOpen = false
        var hasArrived = false
        var waiting: [CheckedContinuation<Void, Never>] = []
        var observers: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    /// For the handler: suspends it until the gate is open.
    func pass() async {
        await withCheckedContinuation { continuation in
            let (isOpen, observers) = state.withLock { state in
                state.hasArrived = true
                if !state.isOpen { state.waiting.append(continuation) }
                defer { state.observers = [] }
                return (state.isOpen, state.observers)
            }
            for observer in observers { observer.resume() }
            if isOpen { continuation.resume() }
        }
    }

    /// For the test: returns when a handler waits, or has passed.
    func arrival() async {
        await withCheckedContinuation { continuation in
            let hasArrived = state.withLock { state in
                if !state.hasArrived { state.observers.append(continuation) }
                return state.hasArrived
            }
            if hasArrived { continuation.resume() }
        }
    }

    /// For the test: lets everybody pass.
    func open() {
        let waiting = state.withLock { state in
            state.isOpen = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }
}

/// Values that handlers leave for the test.
final class Notes<Value: Sendable>: Sendable {
    private let values = Mutex<[Value]>([])

    func add(_ value: Value) { values.withLock { $0.append(value) } }

    var all: [Value] { values.withLock { $0 } }
}
