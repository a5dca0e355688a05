import CHookgate
import PluginPayloads
import Testing

/// What the accessors of `hookgate/block.h` say of a number.
struct NumberExample: Sendable, CustomTestStringConvertible {
    enum Answer: Equatable {
        case exact
        case inexact
        case none
    }

    let value: JSONValue
    let int64: Int64?
    let int64Answer: Answer
    let double: Double?
    let doubleAnswer: Answer

    init(_ value: JSONValue, _ int64: Int64?, _ int64Answer: Answer, _ double: Double?, _ doubleAnswer: Answer) {
        self.value = value
        self.int64 = int64
        self.int64Answer = int64Answer
        self.double = double
        self.doubleAnswer = doubleAnswer
    }

    init(_ text: String, _ int64: Int64?, _ int64Answer: Answer, _ double: Double?, _ doubleAnswer: Answer) {
        self.init(.number(text), int64, int64Answer, double, doubleAnswer)
    }

    var testDescription: String { "\(value)" }

    static let all = integers + doubles + wholeTexts + fractions + exponents + longTexts + limits + others

    static let integers = [
        NumberExample(.int(0), 0, .exact, 0, .exact),
        NumberExample(.int(-1), -1, .exact, -1, .exact),
        NumberExample(.int(9_007_199_254_740_992), 9_007_199_254_740_992, .exact, 9_007_199_254_740_992, .exact),
        NumberExample(.int(9_007_199_254_740_993), 9_007_199_254_740_993, .exact, 9_007_199_254_740_992, .inexact),
        NumberExample(.int(-9_007_199_254_740_993), -9_007_199_254_740_993, .exact, -9_007_199_254_740_992, .inexact),
        NumberExample(.int(.max), .max, .exact, 0x1p63, .inexact),
        NumberExample(.int(.min), .min, .exact, -0x1p63, .inexact),
    ]

    static let doubles = [
        NumberExample(.double(0), 0, .exact, 0, .exact),
        NumberExample(.double(-0.0), 0, .exact, -0.0, .exact),
        NumberExample(.double(2.5), 2, .inexact, 2.5, .exact),
        NumberExample(.double(-2.5), -2, .inexact, -2.5, .exact),
        NumberExample(.double(1e15), 1_000_000_000_000_000, .exact, 1e15, .exact),
        NumberExample(.double(.leastNonzeroMagnitude), 0, .inexact, .leastNonzeroMagnitude, .exact),
        NumberExample(.double(-0x1p63), .min, .exact, -0x1p63, .exact),
        NumberExample(.double(0x1p63), nil, .none, 0x1p63, .exact),
        NumberExample(.double(1e300), nil, .none, 1e300, .exact),
    ]

    static let wholeTexts = [
        NumberExample("0", 0, .exact, 0, .exact),
        NumberExample("-0", 0, .exact, -0.0, .exact),
        NumberExample("42", 42, .exact, 42, .exact),
        NumberExample("1.0", 1, .exact, 1, .exact),
        NumberExample("-1.000", -1, .exact, -1, .exact),
        NumberExample("100e-2", 1, .exact, 1, .exact),
        NumberExample("1e2", 100, .exact, 100, .exact),
        NumberExample("1.5e1", 15, .exact, 15, .exact),
        NumberExample("-0.0", 0, .exact, -0.0, .exact),
        NumberExample("0e99", 0, .exact, 0, .exact),
        NumberExample("-0e-99", 0, .exact, -0.0, .exact),
        NumberExample("9007199254740992.0", 9_007_199_254_740_992, .exact, 9_007_199_254_740_992, .exact),
        NumberExample("9007199254740993.0", 9_007_199_254_740_993, .exact, 9_007_199_254_740_992, .inexact),
    ]

    static let fractions = [
        NumberExample("0.1", 0, .inexact, 0.1, .inexact),
        NumberExample("-0.1", 0, .inexact, -0.1, .inexact),
        NumberExample("2.999", 2, .inexact, 2.999, .inexact),
        NumberExample("-2.999", -2, .inexact, -2.999, .inexact),
        NumberExample("1.10", 1, .inexact, 1.1, .inexact),
        NumberExample("0.3", 0, .inexact, 0.3, .inexact),
        NumberExample("3.14159", 3, .inexact, 3.14159, .inexact),
        NumberExample("0.0000001", 0, .inexact, 1e-7, .inexact),
        NumberExample("123456789.987654321", 123_456_789, .inexact, 123_456_789.987654321, .inexact),
    ]

    static let exponents = [
        NumberExample("1e18", 1_000_000_000_000_000_000, .exact, 1e18, .inexact),
        NumberExample("1E+18", 1_000_000_000_000_000_000, .exact, 1e18, .inexact),
        NumberExample("1e19", nil, .none, 1e19, .inexact),
        NumberExample("-1e19", nil, .none, -1e19, .inexact),
        NumberExample("0.000000000000000001e18", 1, .exact, 1, .exact),
        NumberExample("12345e-3", 12, .inexact, 12.345, .inexact),
        NumberExample("1e-5", 0, .inexact, 1e-5, .inexact),
        NumberExample("1e308", nil, .none, 1e308, .inexact),
        NumberExample("1.7976931348623157e308", nil, .none, 1.7976931348623157e308, .inexact),
        NumberExample("1.7976931348623159e308", nil, .none, nil, .none),
        NumberExample("1e309", nil, .none, nil, .none),
        NumberExample("-1e309", nil, .none, nil, .none),
        NumberExample("5e-324", 0, .inexact, .leastNonzeroMagnitude, .inexact),
        NumberExample("2e-324", 0, .inexact, 0, .inexact),
        NumberExample("-1e-400", 0, .inexact, -0.0, .inexact),
        NumberExample("1e99999999999999999999", nil, .none, nil, .none),
        NumberExample("1e-99999999999999999999", 0, .inexact, 0, .inexact),
    ]

    /// Numbers with more digits than an integer of 64 bits has.
    static let longTexts = [
        NumberExample("12345678901234567890", nil, .none, 12_345_678_901_234_567_168, .inexact),
        NumberExample("0.12345678901234567890123", 0, .inexact, 0.12345678901234568, .inexact),
        NumberExample("12345678901234567890123e-5", 123_456_789_012_345_678, .inexact, 1.2345678901234568e17, .inexact),
        NumberExample("10000000000000000000000e-4", 1_000_000_000_000_000_000, .exact, 1e18, .inexact),
        NumberExample("1.0000000000000000000000000", 1, .exact, 1, .exact),
        NumberExample("1.0000000000000000000000001", 1, .inexact, 1, .inexact),
        NumberExample("0.1" + zeros(30) + "1", 0, .inexact, 0.1, .inexact),
        NumberExample("1" + zeros(30) + "e-30", 1, .exact, 1, .exact),
        NumberExample("0." + zeros(30) + "1e31", 1, .exact, 1, .exact),
        // Half way between two doubles, and a bit more: what decides lies behind the first 19 digits.
        NumberExample("9007199254740993.0000000000", 9_007_199_254_740_993, .exact, 9_007_199_254_740_992, .inexact),
        NumberExample("9007199254740993.0000000001", 9_007_199_254_740_993, .inexact, 9_007_199_254_740_994, .inexact),
        NumberExample("9007199254740992.9999999999", 9_007_199_254_740_992, .inexact, 9_007_199_254_740_992, .inexact),
        NumberExample("1.00000000000000011102230246251565404", 1, .inexact, 1, .inexact),
        NumberExample("1.00000000000000011102230246251565405", 1, .inexact, 1.0000000000000002, .inexact),
        NumberExample(
            "1.00000000000000011102230246251565404236316680908203125" + zeros(800) + "1",
            1,
            .inexact,
            1.0000000000000002,
            .inexact
        ),
        NumberExample(
            "1.00000000000000011102230246251565404236316680908203125" + zeros(800),
            1,
            .inexact,
            1,
            .inexact
        ),
        NumberExample("1" + zeros(400) + "e-400", 1, .exact, 1, .exact),
        NumberExample("1" + zeros(400), nil, .none, nil, .none),
    ]

    static let limits = [
        NumberExample("9223372036854775807.0", .max, .exact, 0x1p63, .inexact),
        NumberExample("9223372036854775807.5", .max, .inexact, 0x1p63, .inexact),
        NumberExample("9223372036854775808", nil, .none, 0x1p63, .inexact),
        NumberExample("-9223372036854775808.0", .min, .exact, -0x1p63, .inexact),
        NumberExample("-9223372036854775808.5", .min, .inexact, -0x1p63, .inexact),
        NumberExample("-9223372036854775809", nil, .none, -0x1p63, .inexact),
        NumberExample("18446744073709551615", nil, .none, 0x1p64, .inexact),
        NumberExample("92233720368547758070e-1", .max, .exact, 0x1p63, .inexact),
        NumberExample("92233720368547758080e-1", nil, .none, 0x1p63, .inexact),
    ]

    static let others = [
        NumberExample(nil, nil, .none, nil, .none),
        NumberExample(true, nil, .none, nil, .none),
        NumberExample(.string("1"), nil, .none, nil, .none),
        NumberExample(.bytes([1]), nil, .none, nil, .none),
        NumberExample([1], nil, .none, nil, .none),
        NumberExample(["a": 1], nil, .none, nil, .none),
    ]

    private static func zeros(_ count: Int) -> String { String(repeating: "0", count: count) }
}

@Suite("Numbers of a block")
struct NumberTests {
    @Test("the accessors convert and say how well", arguments: NumberExample.all)
    func accessors(_ example: NumberExample) throws {
        let block = try PayloadBlock(example.value)
        var integer: Int64 = 77
        let integerAnswer = unsafe block.withUnsafeBlock { unsafe hg_int64(hg_root($0), &integer) }
        #expect(answer(integerAnswer) == example.int64Answer)
        #expect(integer == example.int64 ?? 77)
        var double = 77.0
        let doubleAnswer = unsafe block.withUnsafeBlock { unsafe hg_double(hg_root($0), &double) }
        #expect(answer(doubleAnswer) == example.doubleAnswer)
        #expect(double.bitPattern == (example.double ?? 77).bitPattern)
    }

    @Test("the Swift values answer alike", arguments: NumberExample.all)
    func swiftValues(_ example: NumberExample) throws {
        let value = try PayloadBlock(example.value).root
        let exact = example.int64Answer == .exact ? example.int64 : nil
        #expect(value.int64 == exact)
        #expect(example.value.int == exact.map(Int.init))
        #expect(value.double?.bitPattern == example.double?.bitPattern)
        #expect(example.value.double?.bitPattern == example.double?.bitPattern)
    }

    @Test("no value is no number")
    func noValue() {
        var integer: Int64 = 77
        var double = 77.0
        #expect(unsafe Int(hg_int64(hg_no_value(), &integer)) == HG_NUMBER_NONE)
        #expect(unsafe Int(hg_double(hg_no_value(), &double)) == HG_NUMBER_NONE)
        #expect(integer == 77 && double == 77)
    }

    private func answer(_ code: Int32) -> NumberExample.Answer? {
        switch Int(code) {
        case HG_NUMBER_EXACT: .exact
        case HG_NUMBER_INEXACT: .inexact
        case HG_NUMBER_NONE: NumberExample.Answer.none
        default: nil
        }
    }
}
