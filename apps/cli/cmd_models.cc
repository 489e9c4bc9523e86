#include <CLI/CLI.hpp>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <memory>

#include "apps/cli/commands.h"
#include "apps/cli/meter.h"
#include "apps/cli/options.h"
#include "base/json/json.h"
#include "base/text/text.h"
#include "neural/catalogue/catalogue.h"
#include "neural/catalogue/loras.h"
#include "neural/catalogue/store.h"
#include "neural/engine/memory_share.h"
#include "tensor/core/parallel.h"
#include "tensor/ops/linear.h"

namespace apps {
namespace {

// Of the rate of one large product, what a whole step keeps: attention and norms cost more.
constexpr double kShareOfProduct = 0.7;

// Floating-point operations a second of a large f32 product on all threads, the best of a few.
double measured_rate() {
    constexpr int64_t kRows = 512, kWidth = 1024;
    const tensor::Linear layer(tensor::Tensor::full({kWidth, kWidth}, 0.01f));
    const tensor::Tensor x = tensor::Tensor::full({kRows, kWidth}, 0.5f);
    layer(x);
    double best = 0;
    for (int i = 0; i < 5; ++i) {
        const auto start = std::chrono::steady_clock::now();
        layer(x);
        const double seconds =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        best = std::max(best, 2.0 * kRows * kWidth * kWidth / std::max(seconds, 1e-9));
    }
    return best;
}

std::string duration_text(double seconds) {
    char text[32];
    if (seconds < 1) return "less than a second";
    if (seconds < 120) std::snprintf(text, sizeof text, "%.0f s", seconds);
    else if (seconds < 7200) std::snprintf(text, sizeof text, "%.0f minutes", seconds / 60);
    else if (seconds < 2 * 86400) std::snprintf(text, sizeof text, "%.0f hours", seconds / 3600);
    else std::snprintf(text, sizeof text, "%.0f days", seconds / 86400);
    return text;
}

struct Here {
    double rate = 0;  // FLOP/s
    uint64_t memory = 0;
};

const char* fit_of(const neural::CatalogueModel& model, const Here& here) {
    if (here.memory >= model.full_memory_bytes()) return "fits whole";
    if (here.memory >= model.least_memory_bytes()) return "fits by streaming its blocks";
    return "does not fit";
}

void print_model(const neural::CatalogueModel& model, const neural::InstalledModel* installed,
                 const Here& here) {
    std::printf("%-17s %s\n", std::string(model.id).c_str(), std::string(model.makes).c_str());
    std::string state = "built in, made from a seed";
    if (!model.is_built_in())
        state = installed ? "installed, " + bytes_text(installed->bytes())
                          : "not installed, about " + bytes_text(model.download_bytes()) +
                                " to fetch: aozora pull " + std::string(model.id);
    std::printf("%17s %s\n", "", state.c_str());
    std::printf("%17s licence: %s\n", "", std::string(model.licence->name).c_str());
    if (model.is_built_in()) return;
    const neural::CatalogueWork& w = model.work;
    std::printf("%17s memory: %s whole, %s streaming; %s\n", "",
                bytes_text(model.full_memory_bytes()).c_str(),
                bytes_text(model.least_memory_bytes()).c_str(), fit_of(model, here));
    std::printf("%17s estimate: %s here for %.0f s at %dx%d, %d steps, without decoding\n", "",
                duration_text(model.flop() / here.rate).c_str(), w.frames / w.fps, w.width_px,
                w.height_px, w.steps * w.passes);
}

base::Json json_of(const neural::CatalogueModel& model, const neural::InstalledModel* installed,
                   const Here& here) {
    return {{"id", model.id},
            {"makes", model.makes},
            {"installed", model.is_built_in() || installed != nullptr},
            {"bytes", installed ? installed->bytes() : model.download_bytes()},
            {"licence", model.licence->name},
            {"memory_bytes", model.full_memory_bytes()},
            {"memory_streaming_bytes", model.least_memory_bytes()},
            {"estimated_seconds", std::round(model.flop() / here.rate * 10) / 10}};
}

int run_models(bool as_json) {
    const std::string folder = neural::models_folder();
    const auto installed = neural::installed_models(folder);
    const auto find = [&](std::string_view id) -> const neural::InstalledModel* {
        for (const auto& each : installed)
            if (each.id == id) return &each;
        return nullptr;
    };
    const Here here{measured_rate() * kShareOfProduct, neural::available_memory()};
    if (as_json) {
        base::Json list = base::Json::array();
        for (const auto& model : neural::catalogue())
            list.push_back(json_of(model, find(model.id), here));
        for (const auto& each : installed) {
            if (!neural::find_in_catalogue(each.id))
                list.push_back({{"id", each.id}, {"installed", true}, {"bytes", each.bytes()}});
        }
        std::printf("%s\n", list.dump(2).c_str());
        return kExitOk;
    }
    for (const auto& model : neural::catalogue()) print_model(model, find(model.id), here);
    for (const auto& each : installed) {
        if (!neural::find_in_catalogue(each.id))
            std::printf("%-17s installed, %s, brought by you\n", each.id.c_str(),
                        bytes_text(each.bytes()).c_str());
    }
    if (const auto loras = neural::installed_loras(folder); !loras.empty())
        std::printf("LoRAs             %s\n", base::join(loras, ", ").c_str());
    std::printf(
        "\nModels lie in %s (AOZORA_MODELS). Here: %s of memory free, %.0f GFLOP/s in a "
        "matrix product, %.0f %% of which the estimates count with.\n",
        folder.c_str(), bytes_text(here.memory).c_str(), here.rate / kShareOfProduct / 1e9,
        kShareOfProduct * 100);
    return kExitOk;
}

}  // namespace

void add_models_command(CLI::App& app, Run& run) {
    CLI::App* command = app.add_subcommand(
        "models", "Models: what is installed, what can be, licence, memory, expected speed here");
    auto as_json = std::make_shared<bool>(false);
    command->add_flag("--json", *as_json, "As JSON");
    command->callback([as_json, &run] { run = [as_json] { return run_models(*as_json); }; });
}

}  // namespace apps
