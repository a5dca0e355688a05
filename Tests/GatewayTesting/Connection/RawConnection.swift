import Glibc
import TestSupport

/// A TCP connection to this machine, whose bytes are in the test's hands.
package final class RawConnection {
    private var descriptor: Int32
    private var received: [UInt8] = []
    /// Whether the server closed the connection, by either of two ways.
    private var isClosed = false

    /// Connects.
    ///
    /// - Parameters:
    ///   - port: The server's port.
    ///   - receiveBuffer: How many bytes the system keeps until they are read; `nil` for what it likes.
    /// - Throws: That nobody listens.
    package init(port: Int, receiveBuffer: Int? = nil) async throws {
        descriptor = try await Blocking.run { try Self.connect(port: port, receiveBuffer: receiveBuffer) }
    }

    private static func connect(port: Int, receiveBuffer: Int?) throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw SetupFailure(operation: "make a socket") }
        if var size = receiveBuffer.map(Int32.init) {
            unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        let result = unsafe withUnsafePointer(to: &address) { address in
            unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                unsafe Glibc.connect(descriptor, address, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else {
            defer { Glibc.close(descriptor) }
            throw SetupFailure(operation: "connect to port \(port)")
        }
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        return descriptor
    }

    deinit { close() }

    /// The port at this end.
    package var localPort: Int {
        var address = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        unsafe withUnsafeMutablePointer(to: &address) { address in
            unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                _ = unsafe getsockname(descriptor, address, &size)
            }
        }
        return Int(in_port_t(bigEndian: address.sin_port))
    }

    /// Closes the connection; an object that nobody uses any more may do so at any time.
    ///
    /// - Parameter resetting: Whether the server is told that something went wrong.
    package func close(resetting: Bool = false) {
        if resetting {
            var option = linger(l_onoff: 1, l_linger: 0)
            unsafe setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        }
        if descriptor >= 0 { Glibc.close(descriptor) }
        descriptor = -1
    }

    /// Sends text.
    ///
    /// - Returns: How many bytes were taken until the server closed the connection, or the time was over.
    @discardableResult
    package func send(_ text: String, within time: Duration = .seconds(20)) async -> Int {
        await send(Array(text.utf8), within: time)
    }

    /// Sends bytes.
    @discardableResult
    package func send(_ bytes: [UInt8], within time: Duration = .seconds(20)) async -> Int {
        let end = ContinuousClock.now + time
        var sent = 0
        while sent < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.send(
                    descriptor,
                    buffer.baseAddress.map { unsafe $0 + sent },
                    bytes.count - sent,
                    Int32(MSG_NOSIGNAL)
                )
            }
            if count > 0 { sent += count }
            if count < 0, errno == EAGAIN {
                guard await wait(for: POLLOUT, until: end) else { break }
            } else if count < 0, errno != EINTR {
                break
            }
        }
        return sent
    }

    /// Says that nothing more will be sent.
    package func endSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Sends a request, and waits for its answer.
    package func answer(to request: ClientRequest) async throws -> ClientResponse {
        await send(request.bytes(isLast: false))
        return try await answer()
    }

    /// Waits for an answer.
    ///
    /// - Throws: That the server closed the connection before, or that there was no whole answer in time.
    package func answer(within time: Duration = .seconds(30)) async throws -> ClientResponse {
        let end = ContinuousClock.now + time
        while true {
            if let answer = try ResponseParser.takeResponse(from: &received) { return answer }
            guard await receive(until: end) else {
                let problem = isClosed ? "the connection was closed" : "no answer within \(time)"
                throw SetupFailure("\(problem), after: \(String(decoding: received.prefix(1_000), as: UTF8.self))")
            }
        }
    }

    /// Waits for an answer, and for the end of the connection just after it.
    func lastAnswer() async throws -> ClientResponse {
        let answer = try await answer()
        guard await isClosed(within: .seconds(30)), received.isEmpty else {
            throw SetupFailure("the connection goes on after its last answer, with \(received.count) bytes")
        }
        return answer
    }

    /// Reads bytes, which count for no answer.
    package func read(_ count: Int, within time: Duration) async {
        let end = ContinuousClock.now + time
        while received.count < count, await receive(until: end) {}
        received.removeAll()
    }

    /// Waits until the server closes the connection.
    ///
    /// - Returns: Whether it did.
    package func isClosed(within time: Duration) async -> Bool {
        let end = ContinuousClock.now + time
        while await receive(until: end) {}
        return isClosed
    }

    /// Takes what has arrived, at least one byte.
    ///
    /// - Returns: Whether there was anything before the end of the connection or of the time.
    private func receive(until end: ContinuousClock.Instant) async -> Bool {
        var part = [UInt8](repeating: 0, count: 65_536)
        while !isClosed {
            let count = unsafe recv(descriptor, &part, part.count, 0)
            if count > 0 {
                received += part[..<count]
                return true
            }
            if count == 0 || (errno != EAGAIN && errno != EINTR) {
                isClosed = true
            } else if await !wait(for: POLLIN, until: end) {
                return false
            }
        }
        return false
    }

    private func wait(for event: Int32, until end: ContinuousClock.Instant) async -> Bool {
        let left = Int32((end - .now) / .milliseconds(1))
        guard left > 0 else { return false }
        let descriptor = descriptor
        let hasHappened = try? await Blocking.run {
            var entry = pollfd(fd: descriptor, events: Int16(event), revents: 0)
            return unsafe poll(&entry, 1, left) != 0
        }
        return hasHappened ?? false
    }
}
