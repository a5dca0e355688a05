/// Working memory for matching.
///
/// Taking one costs little, yet more than matching a short text: take one for a walk over many texts.
///
/// ```swift
/// let scratch = MatchScratch()
/// for text in texts where try pattern.isMatch(in: text.utf8Span, using: scratch) { … }
/// ```
@safe
public struct MatchScratch: ~Copyable {
    // Owned by this value alone, which cannot be copied: taken from the pool in `init`, given back in `deinit`.
    let memory: UnsafeMutablePointer<ScratchMemory>

    /// Takes working memory that an earlier match has left, or makes some.
    public init() {
        unsafe memory = unsafe ScratchPool.take()
    }

    deinit {
        unsafe ScratchPool.give(memory)
    }
}

@available(*, unavailable)
extension MatchScratch: Sendable {}
