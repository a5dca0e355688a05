// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "pii-filter",
    products: [.library(name: "pii_filter", type: .dynamic, targets: ["PIIFilterEntry"])],
    dependencies: [.package(path: "../../PluginSDK")],
    targets: [
        // What the plugin does; tests import it.
        .target(
            name: "PIIFilter",
            dependencies: [
                .product(name: "PluginSDK", package: "PluginSDK"),
                .product(name: "PluginText", package: "PluginSDK"),
            ],
            swiftSettings: [.enableUpcomingFeature("InternalImportsByDefault")]
        ),
        // The manifest, which is readable without running the plugin.
        .target(name: "CPIIFilterManifest", dependencies: [.product(name: "CHookgate", package: "PluginSDK")]),
        // What the library exports: one symbol.
        .target(
            name: "PIIFilterEntry",
            dependencies: [
                "PIIFilter", "CPIIFilterManifest", .product(name: "PluginSDK", package: "PluginSDK"),
                .product(name: "CHookgate", package: "PluginSDK"),
            ],
            linkerSettings: [
                .unsafeFlags(["-Xlinker", "--version-script=\(Context.packageDirectory)/exports.map"])
            ]
        ),
        .testTarget(
            name: "PIIFilterTests",
            dependencies: [
                "PIIFilter", .product(name: "PluginTestKit", package: "PluginSDK"),
                .product(name: "PluginPayloads", package: "PluginSDK"),
                .product(name: "PluginText", package: "PluginSDK"),
            ]
        ),
    ],
    swiftLanguageModes: [.v6]
)
