import PluginHooks
import Testing

@Suite("Seconds in messages")
struct SecondsTests {
    @Test(
        "are written without needless digits",
        arguments: [
            (0, "0"), (1, "0.000000001"), (20_000_000, "0.02"), (1_000_000_000, "1"), (1_500_000_000, "1.5"),
            (30_000_000_000, "30"), (100_000_000_010, "100.00000001"), (UInt64.max, "18446744073.709551615"),
        ] as [(UInt64, String)]
    )
    func text(_ nanoseconds: UInt64, _ expected: String) {
        #expect(Seconds.text(nanoseconds) == expected)
    }
}
