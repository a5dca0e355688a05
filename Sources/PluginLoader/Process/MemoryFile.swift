import CLinux
import Glibc

/// A file in memory, for handing data to a child process.
///
/// Once it is filled nobody can write to it: memory that is written as a file counts for no limit of a process, and can be
/// mapped executable.
package struct MemoryFile: ~Copyable {
    package let descriptor: Int32

    package init() throws(LoadError) {
        descriptor = Descriptors.raised(unsafe hookgate_memory_file("hookgate-input"))
        guard descriptor >= 0 else { throw LoadError("cannot make a file in memory: error \(errno)") }
    }

    deinit {
        close(descriptor)
    }

    /// Gives it its content for good, and leaves the position at its start.
    package func fill(with bytes: [UInt8]) throws(LoadError) {
        guard Self.write(bytes, to: descriptor), lseek(descriptor, 0, SEEK_SET) == 0,
            hookgate_seal_content(descriptor) == 0
        else {
            throw LoadError("cannot write a file in memory: error \(errno)")
        }
    }

    /// At most 64 MiB, which is more than any probe has to say.
    package static func readAll(of descriptor: Int32) -> [UInt8]? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while bytes.count < 64 << 20 {
            let count = unsafe read(descriptor, &buffer, buffer.count)
            if count == 0 { return bytes }
            if count < 0, errno != EINTR { return nil }
            if count > 0 { bytes += buffer[..<count] }
        }
        return nil
    }

    @discardableResult
    package static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.write(descriptor, buffer.baseAddress.map { unsafe $0 + written }, bytes.count - written)
            }
            if count < 0, errno != EINTR { return false }
            if count > 0 { written += count }
        }
        return true
    }
}
