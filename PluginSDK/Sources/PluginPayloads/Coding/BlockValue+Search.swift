import CHookgate

extension BlockValue {
    /// The value of a key, looked for from `place` on, which is set to the key's place.
    ///
    /// Who asks for keys in their order, or for one key again, finds each at once, however many there are.
    func entry(of key: String, from place: inout Int) -> BlockValue? {
        let count = isObject ? count : 0
        let found: Int? = unsafe withSlice(of: key) { slice in
            // The handle's block is held by `self` for as long as this runs, and every index is below the count.
            for step in 0..<count {
                let index = place + step < count ? place + step : place + step - count
                if unsafe hg_slice_equal(hg_key_at(handle, UInt32(index)), slice) == 1 { return index }
            }
            return nil
        }
        guard let found else { return nil }
        place = found
        return self[found]
    }
}
