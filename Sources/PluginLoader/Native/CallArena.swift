import CHookgate
import Glibc

/// The memory of one call: the C structure that the plugin sees, and what the plugin allocates.
///
/// The first kilobyte is one allocation; most calls need no other. Everything is freed with the arena, which its
/// call owns alone.
@unsafe
struct CallArena: ~Copyable {
    /// What stands at the start of a further chunk.
    @unsafe
    private struct Chunk {
        var previous: UnsafeMutablePointer<Chunk>?
        var size: Int
    }

    private static let firstSize = 1024
    private static let headerSize = unsafe (MemoryLayout<Chunk>.size + 15) / 16 * 16

    /// The plugin's view of the call, at the start of the first chunk.
    let call: UnsafeMutablePointer<hg_call>
    private var cursor: UnsafeMutableRawPointer
    private var end: UnsafeMutableRawPointer
    /// The last further chunk; each begins with a note of the one before.
    private var lastChunk: UnsafeMutablePointer<Chunk>?
    private var allocated = 0

    init() {
        guard let memory = unsafe malloc(Self.firstSize) else { fatalError("no memory for a call") }
        unsafe call = memory.bindMemory(to: hg_call.self, capacity: 1)
        unsafe cursor = memory + (MemoryLayout<hg_call>.size + 15) / 16 * 16
        unsafe end = memory + Self.firstSize
    }

    deinit {
        var next = unsafe lastChunk
        while let chunk = unsafe next {
            unsafe next = chunk.pointee.previous
            unsafe free(chunk)
        }
        unsafe free(call)
    }

    /// Memory aligned to 16 bytes, or null when the call has used up its limit.
    mutating func allocate(_ size: Int, limit: Int) -> UnsafeMutableRawPointer? {
        guard size >= 0, unsafe size <= limit - allocated else { return nil }
        let rounded = (size + 15) / 16 * 16
        if unsafe rounded > end - cursor {
            let chunkSize = unsafe max(rounded + Self.headerSize, 8192)
            guard let memory = unsafe malloc(chunkSize) else { return nil }
            let chunk = unsafe memory.bindMemory(to: Chunk.self, capacity: 1)
            unsafe chunk.initialize(to: Chunk(previous: lastChunk, size: chunkSize))
            unsafe lastChunk = unsafe chunk
            unsafe cursor = unsafe memory + Self.headerSize
            unsafe end = unsafe memory + chunkSize
        }
        let result = unsafe cursor
        unsafe cursor += rounded
        unsafe allocated += rounded
        return unsafe result
    }

    /// Whether the bytes at an address were allocated here.
    func contains(_ start: UInt, size: UInt) -> Bool {
        func lies(in chunk: UnsafeRawPointer, _ chunkSize: Int) -> Bool {
            let first = UInt(bitPattern: chunk)
            let end = first + UInt(chunkSize)
            return start >= first && start <= end && size <= end - start
        }
        if unsafe lies(in: UnsafeRawPointer(call), Self.firstSize) { return true }
        var next = unsafe lastChunk
        while let chunk = unsafe next {
            if unsafe lies(in: UnsafeRawPointer(chunk), chunk.pointee.size) { return true }
            unsafe next = chunk.pointee.previous
        }
        return false
    }
}
