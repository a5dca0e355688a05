import Glibc
import TestSupport

/// What `/proc` says of a process.
package enum ProcessFiles {
    /// Memory, in bytes.
    package struct Memory: Sendable {
        /// All that is in memory, the clean pages of files among it.
        package var resident: Int
        /// What is this process's alone: it belongs to no file.
        package var anonymous: Int
    }

    /// The memory of a process.
    package static func memory(of process: Int32) throws -> Memory {
        let text = try Files.readText("/proc/\(process)/smaps_rollup")
        func bytes(_ key: String) -> Int {
            let line = text.split(separator: "\n").first { $0.hasPrefix(key) }
            return (line?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 1_024
        }
        return Memory(resident: bytes("Rss:"), anonymous: bytes("Anonymous:") + bytes("Swap:"))
    }

    /// The number of open descriptors.
    package static func descriptors(of process: Int32) throws -> Int {
        try Files.names(in: "/proc/\(process)/fd").count
    }

    /// The files below a folder that are mapped.
    package static func mappedFiles(of process: Int32, below folder: String) throws -> Set<String> {
        let lines = try Files.readText("/proc/\(process)/maps").split(separator: "\n")
        return Set(lines.compactMap { $0.split(separator: " ").last.map(String.init) }.filter { $0.hasPrefix(folder) })
    }

    /// The TCP port on which a process listens; `nil` if there is none yet.
    ///
    /// A child has the sockets of its parent, too: this process must have no server.
    package static func listeningPort(of process: Int32) throws -> Int? {
        try sockets(of: process).first(where: \.isListening)?.port
    }

    /// Whether a process has a connection to a port of this machine.
    package static func hasConnection(_ process: Int32, to port: Int) throws -> Bool {
        try sockets(of: process).contains { $0.peerPort == port }
    }

    private struct Socket {
        let isListening: Bool
        let port: Int?
        let peerPort: Int?
    }

    /// The TCP sockets that a process has open.
    private static func sockets(of process: Int32) throws -> [Socket] {
        let folder = "/proc/\(process)/fd"
        let numbers = Set((try? Files.names(in: folder))?.compactMap { socket("\(folder)/\($0)") } ?? [])
        return try Files.readText("/proc/net/tcp").split(separator: "\n").dropFirst().compactMap { line in
            let fields = line.split(separator: " ")
            guard fields.count > 9, numbers.contains(String(fields[9])) else { return nil }
            return Socket(isListening: fields[3] == "0A", port: port(fields[1]), peerPort: port(fields[2]))
        }
    }

    private static func port(_ address: Substring) -> Int? {
        address.split(separator: ":").last.flatMap { Int($0, radix: 16) }
    }

    /// The number of the socket that a descriptor is of.
    private static func socket(_ link: String) -> String? {
        var buffer = [CChar](repeating: 0, count: 256)
        let length = unsafe readlink(link, &buffer, buffer.count)
        let target = String(decoding: buffer.prefix(max(0, length)).map(UInt8.init(bitPattern:)), as: UTF8.self)
        guard target.hasPrefix("socket:["), target.hasSuffix("]") else { return nil }
        return String(target.dropFirst("socket:[".count).dropLast())
    }
}
