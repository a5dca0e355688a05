public import CHookgate

/// Walks over the texts of a value in a payload block, by its C handle.
///
/// Visited are texts that are values, no keys, in the order in which they stand. Who has a `BlockValue` uses its
/// methods instead, which are safe.
public enum UnsafeStringWalk: Sendable {
    /// Visits every text in a value.
    ///
    /// - Parameters:
    ///   - value: In a valid block that outlives the call.
    ///   - body: Gets the text and its place.
    /// - Throws: What `body` throws; then the walk ends.
    @unsafe
    public static func visit<Failure: Error>(
        _ value: hg_value,
        _ body: (UTF8Span, borrowing StringPath) throws(Failure) -> Void
    ) throws(Failure) {
        unsafe try visit(value, at: nil, body)
    }

    /// Copies a value into a builder with some of its texts changed; adds nothing if none does.
    ///
    /// - Parameters:
    ///   - value: In a valid block that outlives the call.
    ///   - builder: Where the copy goes; its status tells whether all of it fitted.
    ///   - transform: Gets a text and its place, and answers the new text, or `nil` to keep it.
    /// - Returns: Whether a text changed.
    /// - Throws: What `transform` throws; then nothing was added.
    @unsafe
    public static func rewrite<Failure: Error>(
        _ value: hg_value,
        into builder: inout hg_builder,
        _ transform: (UTF8Span, borrowing StringPath) throws(Failure) -> String?
    ) throws(Failure) -> Bool {
        let changes = unsafe try changes(in: value, transform)
        if changes.isEmpty { return false }
        unsafe copy(value, with: changes, into: &builder)
        return true
    }

    /// What a rewrite changes; it is known before anything is built.
    @unsafe
    static func changes<Failure: Error>(
        in value: hg_value,
        _ transform: (UTF8Span, borrowing StringPath) throws(Failure) -> String?
    ) throws(Failure) -> [TextChange] {
        var changes: [TextChange] = []
        var ordinal = 0
        unsafe try visit(value) { text, path throws(Failure) in
            if let changed = try transform(text, path), !isSame(text, changed) {
                changes.append(TextChange(ordinal: ordinal, text: changed))
            }
            ordinal += 1
        }
        return changes
    }

    /// Copies a value into a builder, with changes that were made of it.
    @unsafe
    static func copy(_ value: hg_value, with changes: [TextChange], into builder: inout hg_builder) {
        var copy = ChangingCopy(changes)
        unsafe copy.add(value, to: &builder)
    }

    /// Whether a text has the same bytes; lengths are compared first, since that is most often enough.
    private static func isSame(_ text: UTF8Span, _ changed: String) -> Bool {
        changed.utf8.count == text.count && text.bytesEqual(to: changed.utf8)
    }

    /// Checks a value, and all that is in it, against limits.
    @unsafe
    static func check(_ value: hg_value, _ limits: ValueLimits, depth: Int) throws(ValueLimitError) {
        guard depth <= limits.depth else { throw .depth(limit: limits.depth) }
        let type = unsafe Int(hg_type(value))
        if type == HG_STRING {
            let size = unsafe hg_text(value).size
            guard size <= limits.textBytes else { throw .textBytes(size, limit: limits.textBytes) }
        } else if type == HG_ARRAY || type == HG_OBJECT {
            let count = unsafe hg_count(value)
            guard count <= limits.items else { throw .items(Int(count), limit: limits.items) }
            for index in 0..<count { unsafe try check(hg_at(value, index), limits, depth: depth + 1) }
        }
    }

    private static func visit<Failure: Error>(
        _ value: hg_value,
        at place: UnsafePointer<BlockPlace>?,
        _ body: (UTF8Span, borrowing StringPath) throws(Failure) -> Void
    ) throws(Failure) {
        let type = unsafe Int(hg_type(value))
        if type == HG_STRING {
            let bytes = unsafe hg_text(value)
            let buffer = unsafe UnsafeBufferPointer(start: bytes.data, count: bytes.size)
            // The strings of a valid block are UTF-8.
            unsafe try body(UTF8Span(unchecked: buffer.span), StringPath(.block(place)))
        } else if type == HG_ARRAY || type == HG_OBJECT {
            var here = unsafe BlockPlace(parent: place, container: value, index: 0)
            // The pointer is lent down the walk, which ends before `here` does.
            try unsafe withUnsafeMutablePointer(to: &here) { here throws(Failure) in
                for index in unsafe 0..<hg_count(value) {
                    unsafe here.pointee.index = index
                    unsafe try visit(hg_at(value, index), at: UnsafePointer(here), body)
                }
            }
        }
    }
}

/// A value in a container of a block, and the way there; it lives on the stack of the walk.
@unsafe
struct BlockPlace {
    let parent: UnsafePointer<BlockPlace>?
    let container: hg_value
    var index: UInt32

    /// The step from the container to the value.
    var step: StringPath.Step {
        if unsafe Int(hg_type(container)) == HG_ARRAY { return unsafe .index(Int(index)) }
        let key = unsafe hg_key_at(container, index)
        let bytes = unsafe UnsafeBufferPointer(start: key.data, count: key.size)
        return .name(unsafe String(decoding: bytes, as: UTF8.self))
    }
}

/// A text that changes, by its number in the walk.
struct TextChange {
    fileprivate let ordinal: Int
    fileprivate let text: String
}

/// Copies a value in the order of the walk, and puts in the changed texts.
private struct ChangingCopy {
    private var changes: ArraySlice<TextChange>
    private var ordinal = 0

    init(_ changes: [TextChange]) {
        self.changes = changes[...]
    }

    mutating func add(_ value: hg_value, to builder: inout hg_builder) {
        switch unsafe Int(hg_type(value)) {
        case HG_STRING: unsafe addText(value, to: &builder)
        case HG_ARRAY:
            unsafe hg_begin_array(&builder)
            for index in unsafe 0..<hg_count(value) { unsafe add(hg_at(value, index), to: &builder) }
            unsafe hg_end(&builder)
        case HG_OBJECT:
            unsafe hg_begin_object(&builder)
            for index in unsafe 0..<hg_count(value) {
                unsafe hg_key(&builder, hg_key_at(value, index))
                unsafe add(hg_at(value, index), to: &builder)
            }
            unsafe hg_end(&builder)
        default: unsafe hg_add_value(&builder, value)
        }
    }

    private mutating func addText(_ value: hg_value, to builder: inout hg_builder) {
        defer { ordinal += 1 }
        guard let change = changes.first, change.ordinal == ordinal else {
            return unsafe hg_add_value(&builder, value)
        }
        changes.removeFirst()
        var text = change.text
        text.withUTF8 { bytes in unsafe hg_add_string(&builder, hg_slice_of(bytes.baseAddress, bytes.count)) }
    }
}
