import PluginPayloads

/// Makes values of every kind.
struct RandomValues {
    /// Whether doubles and bytes may occur, which JSON text turns into numbers and strings.
    let beyondJSON: Bool
    var generator: SeededGenerator

    init(seed: UInt64, beyondJSON: Bool) {
        generator = SeededGenerator(seed: seed)
        self.beyondJSON = beyondJSON
    }

    mutating func value(depth: Int = 0) -> JSONValue {
        switch Int.random(in: 0..<(depth < 6 ? 14 : 9), using: &generator) {
        case 0: .null
        case 1: .bool(Bool.random(using: &generator))
        case 2, 3: .int(integer())
        case 4: .number(number())
        case 5 where beyondJSON: .double(double())
        case 6 where beyondJSON: .bytes((0..<count(20)).map { _ in UInt8.random(in: 0...255, using: &generator) })
        case 5...8: .string(text())
        case 9...10: .array((0..<count(6)).map { _ in value(depth: depth + 1) })
        default: .object(object(depth: depth))
        }
    }

    private mutating func object(depth: Int) -> JSONObject {
        let most = generator.once(in: 20) ? 40 : 6
        return JSONObject((0..<count(most)).map { index in ("\(text())\(index)", value(depth: depth + 1)) })
    }

    private mutating func count(_ most: Int) -> Int { Int.random(in: 0...most, using: &generator) }

    private mutating func integer() -> Int64 {
        let number = Int64.random(in: .min ... .max, using: &generator)
        return number >> Int64.random(in: 0..<64, using: &generator)
    }

    private mutating func double() -> Double {
        let number = Double(bitPattern: UInt64.random(in: 0 ... .max, using: &generator))
        return number.isFinite ? number : Double(integer()) / 8
    }

    /// A number that is no integer of 64 bits.
    private mutating func number() -> String {
        let digits = (0...count(25)).map { _ in "\(Int.random(in: 0...9, using: &generator))" }.joined()
        let sign = Bool.random(using: &generator) ? "-" : ""
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: return "\(sign)\(integer().magnitude).\(digits)"
        case 1: return "\(sign)0.\(digits)e\(Int.random(in: -400...400, using: &generator))"
        default: return "\(sign)9\(digits)00000000000000000000"
        }
    }

    private mutating func text() -> String {
        var text = ""
        for _ in 0..<count(generator.once(in: 10) ? 60 : 12) { text.unicodeScalars.append(scalar()) }
        return text
    }

    private mutating func scalar() -> Unicode.Scalar {
        let ranges: [ClosedRange<UInt32>] = [0x61...0x7A, 0x20...0x7F, 0...0x1F, 0x80...0x7FF, 0x800...0xD7FF]
        let rare: [ClosedRange<UInt32>] = [0x22...0x22, 0x5C...0x5C, 0xE000...0xFFFF, 0x1_0000...0x10_FFFF]
        let range = generator.one(of: ranges + ranges + rare)
        return Unicode.Scalar(UInt32.random(in: range, using: &generator)) ?? "x"
    }
}
