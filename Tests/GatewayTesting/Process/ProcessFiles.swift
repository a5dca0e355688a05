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

    /// The processes that a process has started and that have not been waited for, by their commands.
    ///
    /// A command is the executable's path and the arguments.
    package static func children(of process: Int32) throws -> [Int32: [String]] {
        var children: [Int32: [String]] = [:]
        for identifier in try Files.names(in: "/proc").compactMap({ Int32($0) })
        where parentAndState(of: identifier)?.parent == process {
            // A process that ends meanwhile is none.
            guard let text = try? Files.readText("/proc/\(identifier)/cmdline") else { continue }
            children[identifier] = text.split(separator: "\0").map(String.init)
        }
        return children
    }

    /// Whether a process is there and has not ended.
    package static func isRunning(_ process: Int32) -> Bool {
        parentAndState(of: process).map { $0.state != "Z" && $0.state != "X" } ?? false
    }

    private static func parentAndState(of process: Int32) -> (parent: Int32, state: Substring)? {
        guard let text = try? Files.readText("/proc/\(process)/stat"), let end = text.lastIndex(of: ")") else {
            return nil
        }
        let fields = text[end...].split(separator: " ").dropFirst()
        guard fields.count > 2, let state = fields.first, let parent = Int32(fields[fields.startIndex + 1]) else {
            return nil
        }
        return (parent, state)
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
