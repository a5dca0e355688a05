import CHookgate
import CLinux
import Glibc
import PluginHooks
package import PluginPayloads
import Synchronization

/// Memory that two processes have mapped.
///
/// `@unchecked Sendable`: the mapping lives as long as this object, and the protocol says who may write where and when;
/// what both sides may touch at the same time is atomic. Every access is within the mapping: that is checked here, and
/// nobody else has the address.
@safe
package final class SharedMemory: @unchecked Sendable {
    /// Bytes of the mapping.
    package let size: Int
    private let base: UnsafeMutableRawPointer

    /// Maps a file in memory.
    ///
    /// - Parameters:
    ///   - descriptor: The file, which stays the caller's.
    ///   - size: Bytes; the file has at least as many, and is sealed against shrinking.
    ///   - isWritable: Whether this process writes to it.
    /// - Throws: The system's error.
    package init(mapping descriptor: Int32, size: Int, isWritable: Bool) throws(WorkerError) {
        let access = isWritable ? PROT_READ | PROT_WRITE : PROT_READ
        guard let base = unsafe mmap(nil, size, access, MAP_SHARED, descriptor, 0), unsafe base != MAP_FAILED else {
            throw WorkerError("cannot map \(size) bytes of shared memory: error \(errno)")
        }
        self.size = size
        unsafe self.base = unsafe base
    }

    deinit {
        unsafe munmap(base, size)
    }

    private func address(_ offset: Int, _ count: Int, alignment: Int = 1) -> UnsafeMutableRawPointer {
        precondition(offset >= 0 && count >= 0 && count <= size && offset <= size - count, "outside of shared memory")
        precondition(offset % alignment == 0, "not aligned in shared memory")
        return unsafe base + offset
    }

    /// A number that both sides use at the same time.
    package func word(at offset: Int) -> SharedWord {
        unsafe SharedWord(address(offset, 4, alignment: 4), of: self)
    }

    /// Reads a plain value once; the other side may change it at any time, so the result is all that counts.
    package func load<Value: BitwiseCopyable>(_ type: Value.Type, at offset: Int) -> Value {
        let address = unsafe address(offset, MemoryLayout<Value>.size, alignment: MemoryLayout<Value>.alignment)
        return unsafe address.load(as: Value.self)
    }

    /// Writes a plain value.
    package func store<Value: BitwiseCopyable>(_ value: Value, at offset: Int) {
        let address = unsafe address(offset, MemoryLayout<Value>.size, alignment: MemoryLayout<Value>.alignment)
        unsafe address.storeBytes(of: value, as: Value.self)
    }

    /// Copies a block into the memory.
    package func write(_ block: PayloadBlock, at offset: Int) {
        let address = unsafe address(offset, block.size)
        unsafe block.withUnsafeBlock { unsafe address.copyMemory(from: $0, byteCount: block.size) }
    }

    /// Copies a block that a trusted process has written.
    package func block(at offset: Int, count: Int) -> PayloadBlock {
        let address = unsafe address(offset, max(count, MemoryLayout<UInt64>.size * 4), alignment: 8)
        return unsafe PayloadBlock(unsafeCopying: UnsafeRawPointer(address).assumingMemoryBound(to: hg_block.self))
    }

    /// Copies a block that anybody may have written, and checks the copy.
    package func checkedBlock(at offset: Int, count: Int, limits: BlockLimits) throws(BlockError) -> PayloadBlock {
        let bytes = unsafe UnsafeRawBufferPointer(start: address(offset, count), count: count)
        return unsafe try PayloadBlock(validating: bytes, limits: limits)
    }

    /// Copies bytes.
    package func bytes(at offset: Int, count: Int) -> [UInt8] {
        unsafe Array(UnsafeRawBufferPointer(start: address(offset, count), count: count))
    }

    /// Writes bytes.
    package func write(_ bytes: [UInt8], at offset: Int) {
        let address = unsafe address(offset, bytes.count)
        unsafe bytes.withUnsafeBytes { buffer in
            guard let start = buffer.baseAddress else { return }
            unsafe address.copyMemory(from: start, byteCount: buffer.count)
        }
    }

    /// The address of a range, for those who have to write to it where Swift cannot run.
    @unsafe
    package func pointer(at offset: Int, count: Int) -> UnsafeMutableRawPointer { unsafe address(offset, count) }
}

/// A number in shared memory.
///
/// The memory outlives it: whoever has a word also has the memory, because only those who keep that make words.
/// `@unchecked Sendable`: every access is atomic.
@safe
package struct SharedWord: @unchecked Sendable {
    private let pointer: UnsafeMutablePointer<Atomic<UInt32>>

    fileprivate init(_ address: UnsafeMutableRawPointer, of memory: SharedMemory) {
        // `Atomic<UInt32>` is a number of four bytes that are changed by the processor's atomic instructions alone.
        unsafe pointer = address.assumingMemoryBound(to: Atomic<UInt32>.self)
    }

    package var value: UInt32 { unsafe pointer.pointee.load(ordering: .acquiring) }

    /// What the word is, in the one order that all sequentially consistent accesses have.
    package var orderedValue: UInt32 { unsafe pointer.pointee.load(ordering: .sequentiallyConsistent) }

    package func publish(_ value: UInt32) { unsafe pointer.pointee.store(value, ordering: .releasing) }

    package func publishInOrder(_ value: UInt32) {
        unsafe pointer.pointee.store(value, ordering: .sequentiallyConsistent)
    }

    /// Puts another value in the place of one, unless it has changed.
    package func replace(_ expected: UInt32, by value: UInt32) {
        _ = unsafe pointer.pointee.compareExchange(
            expected: expected,
            desired: value,
            ordering: .sequentiallyConsistent
        )
    }

    package func increment() {
        unsafe pointer.pointee.wrappingAdd(1, ordering: .sequentiallyConsistent)
    }

    /// Looks all the time until the word is another one.
    ///
    /// - Parameters:
    ///   - value: What the word was.
    ///   - nanoseconds: How long to look.
    /// - Returns: Whether it has changed.
    package func changes(from value: UInt32, within nanoseconds: UInt64) -> Bool {
        look(within: nanoseconds) { $0 != value }
    }

    /// Looks all the time until the word has a value.
    ///
    /// - Parameters:
    ///   - value: What the word is to be.
    ///   - nanoseconds: How long to look.
    /// - Returns: Whether it is.
    package func becomes(_ value: UInt32, within nanoseconds: UInt64) -> Bool {
        look(within: nanoseconds) { $0 == value }
    }

    private func look(within nanoseconds: UInt64, _ isFound: (UInt32) -> Bool) -> Bool {
        let end = Clock.now() + nanoseconds
        repeat {
            // The clock costs as much as this many looks.
            for _ in 0..<16 {
                if isFound(value) { return true }
                hookgate_relax()
            }
        } while Clock.now() < end
        return isFound(value)
    }

    /// Sleeps until somebody wakes those who wait here, unless the word is not `expected` any more.
    package func wait(while expected: UInt32) { unsafe hookgate_futex_wait(pointer, expected) }

    /// Wakes one who waits here.
    package func wake() { unsafe hookgate_futex_wake(pointer) }
}

/// A file in memory, to be mapped by two processes.
package struct SharedFile: ~Copyable {
    package let descriptor: Int32
    package let size: Int

    /// Makes a file whose size nobody can change, filled with zeros; it takes memory only where it is written to.
    package init(_ name: String, size: Int) throws(WorkerError) {
        self.size = size
        descriptor = unsafe hookgate_shared_memory(name, size)
        guard descriptor >= 0 else { throw WorkerError("cannot make \(size) bytes of shared memory: error \(errno)") }
    }

    deinit {
        close(descriptor)
    }

    /// Lets nobody else map it for writing from now on.
    package func sealAgainstWriters() throws(WorkerError) {
        guard hookgate_seal_writes(descriptor) == 0 else {
            throw WorkerError("cannot seal shared memory: error \(errno)")
        }
    }
}

/// Why something between the gateway and a worker cannot be done.
package struct WorkerError: Error, Hashable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}
