#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "apps/cli/commands.h"
#include "apps/cli/interrupt.h"
#include "apps/cli/meter.h"
#include "apps/cli/options.h"
#include "base/text/text.h"
#include "neural/weights/open.h"
#include "neural/weights/quantize.h"

namespace apps {
namespace {

struct QuantizeFlags {
    std::string from, to, type = "q8_0";
    bool force = false, no_progress = false;
};

int run_quantize(const QuantizeFlags& flags) {
    std::optional<tensor::DType> type;
    for (const char* known : {"q8_0", "q4_0", "q4_K", "q5_K", "q6_K", "f16", "bf16"}) {
        if (base::to_lower_ascii(flags.type) == base::to_lower_ascii(known))
            type = tensor::dtype_from_name(known);
    }
    if (!type)
        return report_error(base::usage_error("types are q8_0, q4_0, q4_K, q5_K, q6_K, f16, bf16",
                                              "--type " + flags.type));
    std::error_code error;
    if (std::filesystem::exists(flags.to, error) && !flags.force)
        return report_error(base::failed("exists; --force overwrites it", flags.to));
    const auto source = neural::open_weights(flags.from);
    if (!source.ok()) return report_error(source.error());
    Meter meter("quantizing", !flags.no_progress);
    const auto report = neural::quantize(
        **source, flags.to, *type,
        [&](const neural::QuantizeProgress& p) {
            meter.show(static_cast<double>(p.done) / static_cast<double>(p.total), {});
        },
        &interrupt_token());
    meter.finish();
    if (!report.ok()) return report_error(report.error());
    std::printf(
        "%s  %s -> %s, %lld of %lld tensors made smaller (%s), relative error %.4f (most: %.4f, "
        "%s)\n",
        flags.to.c_str(), bytes_text(report->bytes_before).c_str(),
        bytes_text(report->bytes_after).c_str(), static_cast<long long>(report->quantised),
        static_cast<long long>(report->tensors), std::string(tensor::dtype_name(*type)).c_str(),
        report->relative_error, report->worst_error,
        report->worst.empty() ? "none" : report->worst.c_str());
    return kExitOk;
}

}  // namespace

void add_quantize_command(CLI::App& app, Run& run) {
    CLI::App* command =
        app.add_subcommand("quantize", "Makes a smaller file of a model's weights (GGUF)");
    auto flags = std::make_shared<QuantizeFlags>();
    command->add_option("in", flags->from, "A safetensors or GGUF file, an index, a folder")
        ->required();
    command->add_option("out", flags->to, "The GGUF file to write")->required();
    command->add_option("--type", flags->type, "q8_0 | q4_0 | q4_K | q5_K | q6_K | f16 | bf16")
        ->capture_default_str();
    command->add_flag("--force", flags->force, "Overwrite the output");
    command->add_flag("--no-progress", flags->no_progress, "No progress");
    command->callback([flags, &run] { run = [flags] { return run_quantize(*flags); }; });
}

}  // namespace apps
