import GatewayCore
import PluginPayloads
import Synchronization

/// Bounds the memory of all bodies that are being read.
final class BodyBudget: Sendable {
    private let used = Atomic<Int>(0)
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    /// Takes bytes, which have to be given back.
    func take(_ bytes: Int) throws(GatewayError) {
        guard used.wrappingAdd(bytes, ordering: .relaxed).newValue <= limit else {
            giveBack(bytes)
            throw GatewayError(
                status: 503,
                "too many large requests at the same time; try again later",
                headers: ["Retry-After": "1"]
            )
        }
    }

    func giveBack(_ bytes: Int) {
        used.wrappingSubtract(bytes, ordering: .relaxed)
    }
}
