/// What kind of ELF file this is: the part of its header that has the same place in all of them.
package struct ELFIdentity: Sendable, Equatable, CustomStringConvertible {
    package enum ByteOrder: String, Sendable {
        case littleEndian = "little-endian"
        case bigEndian = "big-endian"
    }

    /// 32 or 64.
    package var bits: Int
    package var byteOrder: ByteOrder
    /// "x86_64", "aarch64", or "machine 999" where the number has no name here.
    package var architecture: String
    package var type: ELFType

    package var description: String { "\(bits)-bit \(byteOrder.rawValue) \(type) for \(architecture)" }

    /// The architecture that this program was compiled for.
    package static var hostArchitecture: String {
        #if arch(x86_64)
        "x86_64"
        #elseif arch(arm64)
        "aarch64"
        #elseif arch(riscv64)
        "riscv64"
        #endif
    }

    /// Bytes of a 64-bit header, the smallest file that can be read further.
    static let headerSize = 64
    private static let magic: [UInt8] = [0x7F, 0x45, 0x4C, 0x46]

    /// Reads the start of a file.
    package init(_ bytes: [UInt8]) throws(ELFError) {
        guard !bytes.isEmpty else { throw .empty }
        guard bytes.starts(with: Self.magic.prefix(bytes.count)) else { throw .notELF(FileLook.of(bytes)) }
        guard bytes.count >= Self.headerSize else {
            throw .truncated(missing: UInt64(Self.headerSize - bytes.count), size: bytes.count)
        }
        switch bytes[4] {
        case 1: bits = 32
        case 2: bits = 64
        default: throw .malformed("its header says class \(bytes[4]), which is neither 32 nor 64 bit")
        }
        switch bytes[5] {
        case 1: byteOrder = .littleEndian
        case 2: byteOrder = .bigEndian
        default: throw .malformed("its header says byte order \(bytes[5]), which does not exist")
        }
        let half = { [byteOrder] (offset: Int) -> UInt16 in
            let (first, second) = (UInt16(bytes[offset]), UInt16(bytes[offset + 1]))
            return byteOrder == .littleEndian ? second << 8 | first : first << 8 | second
        }
        type = ELFType(rawValue: half(16))
        architecture = Self.architecture(machine: half(18), bits: bits, byteOrder: byteOrder)
    }

    /// Refuses what this program cannot load, whatever the rest of the file says.
    func requireHostLibrary() throws(ELFError) {
        guard bits == 64 else { throw .notSixtyFourBit(architecture: architecture) }
        guard architecture == Self.hostArchitecture, byteOrder == .littleEndian else {
            throw .foreignArchitecture(architecture, wanted: Self.hostArchitecture)
        }
        switch type {
        case .sharedObject: return
        case .executable: throw .program
        default: throw .notSharedLibrary(type)
        }
    }

    private static func architecture(machine: UInt16, bits: Int, byteOrder: ByteOrder) -> String {
        switch machine {
        case 2, 43: "sparc"
        case 3: "i386"
        case 8: byteOrder == .littleEndian ? "mipsel" : "mips"
        case 20: "powerpc"
        case 21: byteOrder == .littleEndian ? "ppc64le" : "ppc64"
        case 22: bits == 64 ? "s390x" : "s390"
        case 40: "arm"
        case 50: "ia64"
        case 62: "x86_64"
        case 183: "aarch64"
        case 243: "riscv\(bits)"
        case 247: "bpf"
        case 258: "loongarch\(bits)"
        default: "machine \(machine)"
        }
    }
}

/// The `e_type` of an ELF file.
package struct ELFType: RawRepresentable, Sendable, Equatable, CustomStringConvertible {
    package static let relocatable = ELFType(rawValue: 1)
    package static let executable = ELFType(rawValue: 2)
    package static let sharedObject = ELFType(rawValue: 3)
    package static let core = ELFType(rawValue: 4)

    package var rawValue: UInt16

    package init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    package var description: String {
        switch self {
        case .relocatable: "object file"
        case .executable: "program"
        case .sharedObject: "shared library"
        case .core: "core dump"
        default: "ELF file of type \(rawValue)"
        }
    }
}
