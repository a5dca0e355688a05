import PluginLoader
import Testing

@Suite("Libraries that stay mapped")
struct ELFPinningTests {
    private static let swiftRuntime = "and the Swift runtime keeps pointers into every library that it has seen"

    @Test(
        "by the libraries that they need",
        arguments: [
            ("libswiftCore.so", "needs libswiftCore.so, \(swiftRuntime)"),
            ("libFoundationEssentials.so", "needs libFoundationEssentials.so, \(swiftRuntime)"),
            ("lib_FoundationICU.so", "needs lib_FoundationICU.so, \(swiftRuntime)"),
            ("libdispatch.so", "needs libdispatch.so, \(swiftRuntime)"),
            ("libyaml-0.so.2", nil), ("libc.so.6", nil),
        ]
    )
    func needed(library: String, reason: String?) throws {
        let image = try ELFImage(HandmadeLibrary(needed: ["libm.so.6", library]).bytes())
        #expect(image.pinReason == reason)
        #expect(image.isPinned == (reason != nil))
    }

    @Test(
        "by the functions that they import",
        arguments: [
            (
                "pthread_create",
                "imports pthread_create, and a thread that outlives the library would run unmapped code"
            ),
            ("thrd_create", "imports thrd_create, and a thread that outlives the library would run unmapped code"),
            (
                "__cxa_thread_atexit_impl",
                "imports __cxa_thread_atexit_impl, and a destructor at a thread's exit would run unmapped code"
            ),
            (
                "pthread_key_create",
                "imports pthread_key_create, and a destructor at a thread's exit would run unmapped code"
            ),
            ("on_exit", "imports on_exit, and a function at the process's exit would run unmapped code"),
            ("sigaction", "imports sigaction, and a signal handler would run unmapped code"),
            (
                "_ZNSt6thread15_M_start_threadESt10unique_ptrINS_6_StateESt14default_deleteIS1_EEPFvvE",
                "starts C++ threads, and a thread that outlives the library would run unmapped code"
            ),
            ("__cxa_atexit", nil), ("malloc", nil),
        ]
    )
    func imports(function: String, reason: String?) throws {
        let source = "extern void \(function)(void); void f(void) { \(function)(); }"
        #expect(try ELFImage(Workshop.library(source, flags: "-fno-builtin")).pinReason == reason)
    }

    @Test("by a unique symbol of C++, which a flag of g++ avoids")
    func uniqueSymbol() throws {
        // What g++ writes for a static variable of an inline function; clang never does.
        let source = """
            __asm__(".data\\n.globl shared_counter\\n.type shared_counter, %gnu_unique_object\\n"
                    ".size shared_counter, 4\\nshared_counter: .long 0\\n");
            """
        let image = try ELFImage(Workshop.library(source))
        #expect(image.exports.map(\.name) == ["shared_counter"])
        #expect(image.exports.map(\.binding) == [.unique])
        #expect(
            image.pinReason == "exports the unique symbol shared_counter, which the dynamic loader never unloads"
                + " (g++ makes none with -fno-gnu-unique)"
        )
    }

    @Test("by their linker's flag")
    func noDelete() throws {
        let image = try ELFImage(Workshop.library("int f(void) { return 1; }", flags: "-Wl,-z,nodelete"))
        #expect(image.pinReason == "was linked with -z nodelete")
    }

    @Test("by Swift code that was linked statically")
    func staticSwift() throws {
        let source = "__attribute__((section(\"swift5_type_metadata\"))) int metadata = 1;"
        let image = try ELFImage(Workshop.library(source))
        #expect(image.pinReason == "contains Swift code, \(Self.swiftRuntime)")
    }
}
