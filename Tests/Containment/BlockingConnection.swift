import GatewayTesting
import Glibc
import Synchronization
import TestSupport

/// A connection whose thread waits for each answer, so that nothing but the gateway takes time.
final class BlockingConnection: Sendable {
    private let descriptor: Int32
    private let received = Mutex<[UInt8]>([])

    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var limit = timeval(tv_sec: 60, tv_usec: 0)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        let result = unsafe withUnsafePointer(to: &address) { address in
            unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                unsafe connect(descriptor, address, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else {
            close(descriptor)
            throw SetupFailure(operation: "connect to port \(port)")
        }
    }

    deinit { close(descriptor) }

    /// Sends a request, and waits for its answer.
    func answer(to request: [UInt8]) throws -> ClientResponse {
        guard unsafe send(descriptor, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else {
            throw SetupFailure(operation: "send a request")
        }
        return try received.withLock { received in
            var part = [UInt8](repeating: 0, count: 16_384)
            while true {
                if let answer = try ResponseParser.takeResponse(from: &received) { return answer }
                let count = unsafe recv(descriptor, &part, part.count, 0)
                guard count > 0 else {
                    throw SetupFailure(count == 0 ? "the gateway closed the connection" : "no answer: error \(errno)")
                }
                received += part[..<count]
            }
        }
    }
}
