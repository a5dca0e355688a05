import CHookgate
import Glibc

/// The memory of one call: the C structure that the plugin sees, and what the plugin allocates.
///
/// The first kilobyte is one allocation; most calls need no other. Everything is freed with the arena, which its
/// call owns alone.
@unsafe
struct CallArena: ~Copyable {
    private static let firstSize = 1024

    /// The plugin's view of the call, at the start of the first chunk.
    let call: UnsafeMutablePointer<hg_call>
    private var cursor: UnsafeMutableRawPointer
    private var end: UnsafeMutableRawPointer
    private var chunks: [(start: UnsafeMutableRawPointer, size: Int)] = unsafe []
    private var allocated = 0

    init() {
        guard let memory = unsafe malloc(Self.firstSize) else { fatalError("no memory for a call") }
        unsafe call = memory.bindMemory(to: hg_call.self, capacity: 1)
        unsafe cursor = memory + (MemoryLayout<hg_call>.size + 15) / 16 * 16
        unsafe end = memory + Self.firstSize
    }

    deinit {
        for unsafe chunk in unsafe chunks { unsafe free(chunk.start) }
        unsafe free(call)
    }

    /// Memory aligned to 16 bytes, or null when the call has used up its limit.
    mutating func allocate(_ size: Int, limit: Int) -> UnsafeMutableRawPointer? {
        guard size >= 0, unsafe size <= limit - allocated else { return nil }
        let rounded = (size + 15) / 16 * 16
        if unsafe rounded > end - cursor {
            let chunkSize = max(rounded, 8192)
            guard let chunk = unsafe malloc(chunkSize) else { return nil }
            unsafe chunks.append((chunk, chunkSize))
            unsafe cursor = unsafe chunk
            unsafe end = unsafe chunk + chunkSize
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
        return unsafe lies(in: UnsafeRawPointer(call), Self.firstSize)
            || chunks.contains { unsafe lies(in: $0.start, $0.size) }
    }
}
