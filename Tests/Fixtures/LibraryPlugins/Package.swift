// swift-tools-version: 6.2
import PackageDescription

// Swift plugins for the checks in Tests/Installation: one needs Foundation with its ICU data, one PCRE2; one says which
// build it is, one suspends its calls, and one ends its process.
let package = Package(
    name: "LibraryPlugins",
    products: [
        .library(name: "foundation_plugin", type: .dynamic, targets: ["FoundationPlugin"]),
        .library(name: "pattern_plugin", type: .dynamic, targets: ["PatternPlugin"]),
        .library(name: "version_plugin", type: .dynamic, targets: ["VersionPlugin"]),
        .library(name: "async_swift", type: .dynamic, targets: ["AsyncPlugin"]),
        .library(name: "rogue_swift", type: .dynamic, targets: ["RoguePlugin"]),
    ],
    dependencies: [
        .package(path: "../../../PluginSDK")
    ],
    targets: [
        .target(
            name: "FoundationPlugin",
            dependencies: ["FoundationManifest", sdk("PluginSDK"), sdk("CHookgate")],
            linkerSettings: [exportsOnlyTheEntry]
        ),
        manifest("FoundationManifest"),
        .target(
            name: "PatternPlugin",
            dependencies: ["PatternManifest", sdk("PluginSDK"), sdk("PluginText"), sdk("CHookgate")],
            linkerSettings: [exportsOnlyTheEntry]
        ),
        manifest("PatternManifest"),
        .target(
            name: "VersionPlugin",
            dependencies: ["VersionManifest", sdk("PluginSDK"), sdk("CHookgate")],
            linkerSettings: [exportsOnlyTheEntry]
        ),
        manifest("VersionManifest"),
        .target(
            name: "AsyncPlugin",
            dependencies: ["AsyncManifest", sdk("PluginSDK"), sdk("CHookgate")],
            linkerSettings: [exportsOnlyTheEntry]
        ),
        manifest("AsyncManifest"),
        .target(
            name: "RoguePlugin",
            dependencies: ["RogueManifest", sdk("PluginSDK"), sdk("CHookgate")],
            linkerSettings: [exportsOnlyTheEntry]
        ),
        manifest("RogueManifest"),
    ],
    swiftLanguageModes: [.v6],
    cLanguageStandard: .c2x
)

func sdk(_ product: String) -> Target.Dependency { .product(name: product, package: "PluginSDK") }

func manifest(_ name: String) -> Target {
    .target(name: name, dependencies: [sdk("CHookgate")], exclude: ["manifest.json"], publicHeadersPath: ".")
}

var exportsOnlyTheEntry: LinkerSetting {
    .unsafeFlags(["-Xlinker", "--version-script=\(Context.packageDirectory)/exports.map"])
}
