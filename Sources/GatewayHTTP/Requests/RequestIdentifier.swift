import GatewayCore
import Hummingbird
import Synchronization

/// What a request is called in the log and in the contexts of its hooks.
enum RequestIdentifier {
    private static let processPrefix = String(Identifier.random().prefix(16))
    private static let count = Atomic<UInt64>(0)

    /// The client's `X-Request-Id` if it is fit for a log line, else a new one.
    static func of(_ request: Request) -> String {
        if let given = request.headers[.requestID], isFit(given) { return given }
        return processPrefix + String(count.wrappingAdd(1, ordering: .relaxed).newValue, radix: 16)
    }

    private static func isFit(_ text: String) -> Bool {
        (1...128).contains(text.utf8.count) && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }
}
