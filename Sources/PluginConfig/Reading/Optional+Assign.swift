extension Optional {
    /// Replaces a default by the value, if there is one.
    func assign(to value: inout Wrapped) {
        if let self { value = self }
    }
}
