import Glibc

/// How much a text looks like one that a machine has made up.
enum Entropy {
    /// Bits for each byte, by how often each occurs (Shannon): 0 for `aaaa`, 2 for `abcd`, at most 8.
    static func bitsPerByte(_ bytes: some Collection<UInt8>) -> Double {
        var counts = [Int](repeating: 0, count: 256)
        for byte in bytes { counts[Int(byte)] += 1 }
        let total = Double(bytes.count)
        return counts.reduce(0) { bits, count in
            guard count > 0 else { return bits }
            let share = Double(count) / total
            return bits - share * log2(share)
        }
    }
}
