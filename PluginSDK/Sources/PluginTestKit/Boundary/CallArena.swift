import CHookgate
import Glibc

/// The memory that a hook gets from `alloc`.
///
/// Every piece is an allocation of its own, so that a sanitizer sees a hook that writes beyond one. `@unchecked Sendable`:
/// the owner's lock guards it.
@safe
struct CallArena: ~Copyable, @unchecked Sendable {
    private static let limit = 16 << 20

    private var pieces: [(start: UnsafeMutableRawPointer, size: Int)] = unsafe []
    private var used = 0

    init() {}

    deinit {
        for index in unsafe pieces.indices { unsafe free(pieces[index].start) }
    }

    /// Memory aligned to 16 bytes; null beyond the limit.
    @unsafe
    mutating func allocate(_ size: Int) -> UnsafeMutableRawPointer? {
        guard size >= 0, size <= Self.limit - used, let piece = unsafe malloc(max(size, 1)) else { return nil }
        unsafe pieces.append((piece, size))
        used += size
        return unsafe piece
    }

    /// Whether bytes were allocated here.
    func contains(_ start: UnsafeRawPointer, size: Int) -> Bool {
        unsafe pieces.contains { piece in
            unsafe start >= UnsafeRawPointer(piece.start) && start + size <= UnsafeRawPointer(piece.start + piece.size)
        }
    }
}
