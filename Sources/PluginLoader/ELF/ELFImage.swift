/// What a shared library's file says about it, read without running any of its code.
///
/// Reading never fails on account of a file's bytes but with an `ELFError`; the work is bounded by the file's size.
package struct ELFImage: Sendable {
    package let identity: ELFIdentity

    /// The libraries that it is linked with, in their order.
    package let needed: [String]
    package let soname: String?
    package let runpath: String?
    package let rpath: String?

    package let exports: [ELFSymbol]
    package let imports: [ELFSymbol]
    package let glibc: GlibcRequirement?

    package let hasTextRelocations: Bool
    /// Whether its thread-local variables must lie in the small block that each thread gets at its start.
    package let hasStaticTLS: Bool
    /// Bytes of thread-local variables.
    package let tlsSize: UInt64
    /// Bytes of `.init_array`: eight for each function that runs when the library is opened.
    package let initArraySize: UInt64
    /// Whether it was linked so that it stays loaded for ever (`-z nodelete`).
    package let isNeverUnloaded: Bool

    /// Section `.hookgate.manifest`, without the NULs that end a C string.
    package let manifest: [UInt8]?
    /// Section `.hookgate.abi`.
    package let abi: ABINote?
    package let toolchain: Toolchain

    /// The three numbers that the SDK's headers leave in a plugin.
    package struct ABINote: Sendable, Equatable {
        package var format: UInt32
        package var major: UInt32
        package var minor: UInt32

        package init(format: UInt32, major: UInt32, minor: UInt32) {
            (self.format, self.major, self.minor) = (format, major, minor)
        }
    }

    /// Reads the complete bytes of a file, and refuses what is no intact shared library for this machine.
    package init(_ bytes: [UInt8]) throws(ELFError) {
        let file = try ELFFile(bytes)
        let dynamic = try ELFDynamic(file)
        var strings = try dynamic.strings(file)
        identity = file.identity
        needed = try dynamic.needed(&strings)
        soname = try dynamic.text(.soname, &strings)
        runpath = try dynamic.text(.runpath, &strings)
        rpath = try dynamic.text(.rpath, &strings)
        // Some libraries can be run too (libc.so.6); unlike programs they have a name to link with.
        let hasInterpreter = file.segments.contains { $0.type == .interpreter }
        guard !dynamic.has(ELFDynamic.flagPIE, in: .flags1), !hasInterpreter || soname != nil else { throw .program }

        let symbols = try ELFSymbols(file, dynamic, &strings)
        exports = symbols.exports
        imports = symbols.imports
        glibc = try ELFNeededVersions(file, dynamic, &strings).glibc(for: symbols.imports)

        let hasFlag = dynamic.has(ELFDynamic.flagTextRelocations, in: .flags)
        hasTextRelocations = hasFlag || dynamic.value(.textRelocations) != nil
        hasStaticTLS = dynamic.has(ELFDynamic.flagStaticTLS, in: .flags)
        tlsSize = file.segments.last { $0.type == .threadLocal }?.memorySize ?? 0
        initArraySize = dynamic.value(.initArraySize) ?? 0
        isNeverUnloaded = dynamic.has(ELFDynamic.flagNoDelete, in: .flags1)

        manifest = try file.sections.content(of: ".hookgate.manifest").map(Self.withoutFinalNULs)
        abi = try Self.abiNote(file)
        toolchain = Toolchain(
            comment: try file.sections.content(of: ".comment") ?? [],
            isSwift: file.sections.contains("swift5_type_metadata")
        )
    }

    /// The exported symbol of that name.
    package func export(named name: String) -> ELFSymbol? {
        exports.first { $0.name == name }
    }

    private static func withoutFinalNULs(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        let end = bytes.lastIndex { $0 != 0 }.map { $0 + 1 } ?? bytes.startIndex
        return Array(bytes[..<end])
    }

    private static func abiNote(_ file: ELFFile) throws(ELFError) -> ABINote? {
        guard let content = try file.sections.content(of: ".hookgate.abi") else { return nil }
        guard content.count == 12 else {
            throw .malformed(
                "its section .hookgate.abi is not 12 bytes long; HG_MANIFEST belongs into one C file of the plugin"
            )
        }
        let start = content.startIndex
        return ABINote(
            format: try file.bytes.uint32(at: start),
            major: try file.bytes.uint32(at: start + 4),
            minor: try file.bytes.uint32(at: start + 8)
        )
    }
}
