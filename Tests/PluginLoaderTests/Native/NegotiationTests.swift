import PluginLoader
import Testing

@Suite("The version of the interface that a file names")
struct NegotiationTests {
    @Test("fits if it is the running one, or an earlier minor", arguments: [(0, 1), (0, 0)] as [(UInt32, UInt32)])
    func fits(major: UInt32, minor: UInt32) throws {
        try ABINegotiation.check(noteMajor: major, minor: minor)
    }

    @Test(
        "does not fit otherwise, and the number that differs is named",
        arguments: [
            (
                1, 0,
                "abi_major: the plugin has 1, this runtime speaks 0; build the plugin against the PluginSDK of this "
                    + "release"
            ),
            (
                .max, .max,
                "abi_major: the plugin has 4294967295, this runtime speaks 0; build the plugin against the PluginSDK "
                    + "of this release"
            ),
            (
                0, 3,
                "abi_minor: the plugin has 0.3, this runtime speaks 0.2; update the runtime, or build the plugin "
                    + "against its PluginSDK"
            ),
        ] as [(UInt32, UInt32, String)]
    )
    func differs(major: UInt32, minor: UInt32, text: String) {
        #expect(throws: LoadError(text)) { try ABINegotiation.check(noteMajor: major, minor: minor) }
    }
}
