import Glibc
package import PluginPayloads

/// One end of a worker's control socket, on which messages travel as datagrams of JSON.
package struct ControlSocket: Sendable {
    /// Longer datagrams are cut off by the system, and then refused as no JSON.
    package static let maxBytes = 64 << 10
    /// Longer texts are cut, by both sides: also what no worker has written is short.
    static let maxText = 8 << 10

    package let descriptor: Int32

    package init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Two ends that are connected, neither of which a child inherits.
    package static func pair() throws(WorkerError) -> (ControlSocket, ControlSocket) {
        var ends: [Int32] = [-1, -1]
        let kind = Int32(SOCK_SEQPACKET.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard unsafe socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
            throw WorkerError("cannot make a socket pair: error \(errno)")
        }
        return (ControlSocket(ends[0]), ControlSocket(ends[1]))
    }

    package enum Received: Sendable {
        case message(JSONValue)
        /// A datagram that is no message.
        case garbage
        /// There is nothing now.
        case nothing
        /// The other end is gone.
        case end
    }

    /// Takes one datagram.
    ///
    /// - Parameter waits: Whether to wait for it.
    /// - Returns: What came.
    package func receive(waits: Bool) -> Received {
        var failure: Int32 = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: Self.maxBytes) { buffer, count in
            var got: Int
            repeat {
                // `read` and not `recv`, which the strict sandbox refuses to the worker.
                got =
                    waits
                    ? unsafe read(descriptor, buffer.baseAddress, buffer.count)
                    : unsafe recv(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_DONTWAIT))
            } while got < 0 && errno == EINTR
            failure = got < 0 ? errno : 0
            count = max(0, got)
        }
        if failure == EAGAIN { return .nothing }
        guard failure == 0, !bytes.isEmpty else { return .end }
        let limits = JSONLimits(maxDepth: 16)
        guard let value = try? PayloadBlock(json: bytes, limits: limits).value else { return .garbage }
        return .message(value)
    }

    /// Sends one datagram, and waits until there is room for it; the worker's side.
    ///
    /// - Returns: `false` if it is too long, or the other end is gone.
    @discardableResult
    package func send(_ message: WorkerMessage) -> Bool {
        let bytes = Self.bytes(of: message)
        guard bytes.count <= Self.maxBytes else { return false }
        return unsafe bytes.withUnsafeBytes { buffer in
            var sent: Int
            // `write` and not `send`, which the strict sandbox refuses; SIGPIPE is ignored.
            repeat {
                sent = unsafe write(descriptor, buffer.baseAddress, buffer.count)
            } while sent < 0 && errno == EINTR
            return sent == buffer.count
        }
    }

    /// The message as it travels: without what does not fit, where the rest says enough.
    private static func bytes(of message: WorkerMessage) -> [UInt8] {
        let bytes = Array(JSONValue.object(message.object).description.utf8)
        switch message {
        case .log(let level, let line) where line.utf8.count > maxText:
            let message = WorkerMessage.log(level: level, line.cut(to: maxText))
            return Array(JSONValue.object(message.object).description.utf8)
        case .refused(let reason, let problems) where bytes.count > maxBytes && !problems.isEmpty:
            return Self.bytes(of: .refused(reason, problems: Array(problems.prefix(problems.count / 2))))
        default: return bytes
        }
    }

    /// Sends one datagram, unless there is no room for it; the gateway's side.
    ///
    /// - Returns: `false` if there is none, or the other end is gone.
    @discardableResult
    package func send(_ message: GatewayMessage) -> Bool {
        let bytes = Array(JSONValue.object(message.object).description.utf8)
        let flags = Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL)
        return unsafe bytes.withUnsafeBytes { buffer in
            unsafe Glibc.send(descriptor, buffer.baseAddress, buffer.count, flags) == buffer.count
        }
    }
}
