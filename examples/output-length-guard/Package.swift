// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "output-length-guard",
    products: [.library(name: "output_length_guard", type: .dynamic, targets: ["OutputLengthGuardEntry"])],
    dependencies: [.package(path: "../../PluginSDK")],
    targets: [
        // What the plugin does; tests import it.
        .target(
            name: "OutputLengthGuard",
            dependencies: [.product(name: "PluginSDK", package: "PluginSDK")]
        ),
        // The manifest, which is readable without running the plugin.
        .target(name: "COutputLengthGuardManifest", dependencies: [.product(name: "CHookgate", package: "PluginSDK")]),
        // What the library exports: one symbol.
        .target(
            name: "OutputLengthGuardEntry",
            dependencies: [
                "OutputLengthGuard", "COutputLengthGuardManifest", .product(name: "PluginSDK", package: "PluginSDK"),
                .product(name: "CHookgate", package: "PluginSDK"),
            ],
            linkerSettings: [
                .unsafeFlags(["-Xlinker", "--version-script=\(Context.packageDirectory)/exports.map"])
            ]
        ),
        .testTarget(
            name: "OutputLengthGuardTests",
            dependencies: [
                "OutputLengthGuard", .product(name: "PluginTestKit", package: "PluginSDK"),
                .product(name: "PluginPayloads", package: "PluginSDK"),
            ]
        ),
    ],
    swiftLanguageModes: [.v6]
)
