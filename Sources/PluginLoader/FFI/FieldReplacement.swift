package import CHookgate

/// A field of a payload, and the text that takes its place.
package struct FieldReplacement: Sendable, Hashable {
    /// Where the field is.
    package let path: FieldPath

    /// Its new text.
    package let text: String

    /// Makes a replacement.
    package init(of path: FieldPath, with text: String) {
        self.path = path
        self.text = text
    }

    /// Adds the reply of a hook to a builder: an object of the one top-level field that changes.
    ///
    /// A nested field is replaced in a copy of its top-level field, which keeps all its other values; the objects on
    /// the way must be there, the field itself need not. A failure of the builder shows in its status.
    ///
    /// - Parameters:
    ///   - payload: The payload that the function was called with; read during the call.
    ///   - builder: A builder that expects a value; used during the call.
    /// - Throws: Which object on the way is missing; then nothing was added.
    package func addReply(
        to payload: UnsafePointer<hg_block>,
        in builder: UnsafeMutablePointer<hg_builder>
    ) throws(FieldError) {
        let root = unsafe hg_root(payload)
        _ = unsafe try path.holder(in: root)
        unsafe hg_begin_object(builder)
        unsafe addEntry(path.keys[...], of: root, to: builder)
        unsafe hg_end(builder)
    }

    /// Adds the entry that the first key names, with the text at the end of the keys.
    private func addEntry(_ keys: ArraySlice<String>, of object: hg_value, to builder: UnsafeMutablePointer<hg_builder>)
    {
        guard let key = keys.first else { return }
        unsafe key.withSlice { unsafe hg_key(builder, $0) }
        let others = keys.dropFirst()
        if others.isEmpty {
            unsafe text.withSlice { unsafe hg_add_string(builder, $0) }
        } else {
            unsafe addObject(object.member(key), replacing: others, to: builder)
        }
    }

    /// Adds a copy of an object in which the entry that the first key names has the text in it.
    private func addObject(
        _ object: hg_value,
        replacing keys: ArraySlice<String>,
        to builder: UnsafeMutablePointer<hg_builder>
    ) {
        var isReplaced = false
        unsafe hg_begin_object(builder)
        for index in unsafe 0..<hg_count(object) {
            let key = unsafe hg_key_at(object, index)
            if unsafe keys.first?.withSlice({ unsafe hg_slice_equal($0, key) }) == 1 {
                unsafe addEntry(keys, of: object, to: builder)
                isReplaced = true
            } else {
                unsafe hg_key(builder, key)
                unsafe hg_add_value(builder, hg_at(object, index))
            }
        }
        if !isReplaced { unsafe addEntry(keys, of: object, to: builder) }
        unsafe hg_end(builder)
    }
}
