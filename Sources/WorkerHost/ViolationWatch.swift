import CSandbox
import PluginHooks
import Synchronization
import WorkerProtocol

/// Tells the gateway when the sandbox has refused something, at most once a second.
final class ViolationWatch: Sendable {
    private let memory: WorkerMemory
    private let control: ControlSocket
    private let told = Atomic<UInt64>(0)
    private let toldAt = Atomic<UInt64>(0)

    private static let pause: UInt64 = 1_000_000_000

    init(_ memory: WorkerMemory, _ control: ControlSocket) {
        self.memory = memory
        self.control = control
    }

    /// Looks whether there is anything to tell.
    func look() {
        let count = memory.replies.load(UInt64.self, at: WorkerMemory.violationRecord)
        guard count != told.load(ordering: .relaxed) else { return }
        let now = Clock.coarseNow()
        guard now >= toldAt.load(ordering: .relaxed) + Self.pause else { return }
        told.store(count, ordering: .relaxed)
        toldAt.store(now, ordering: .relaxed)
        control.send(.violation)
    }
}
