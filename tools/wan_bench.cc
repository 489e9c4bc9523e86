// Times the Wan nets with generated weights.
//   wan_bench [--size WxH] [--frames N] [TABLE ...]   one full-width block of each table
//   wan_bench --vae 2.1|2.2 [--size WxH] [--latents N] the whole decoder, latent by latent
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "neural/wan/full_width.h"
#include "neural/wan/vae/vae.h"
#include "neural/weights/generated.h"
#include "tensor/core/memory.h"

namespace {

double seconds() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

int fail(const base::Error& error) {
    std::fprintf(stderr, "wan_bench: %s\n", error.text().c_str());
    return 1;
}

int time_block(std::string_view table, int64_t frames, int64_t height, int64_t width) {
    const auto block = neural::wan::full_width_block(table, frames, height, width);
    if (!block) return fail(block.error());
    block->run();
    double best = 1e30;
    for (int i = 0; i < 3; ++i) {
        const double start = seconds();
        block->run();
        best = std::min(best, seconds() - start);
    }
    std::printf("%-58s %9.3f s %8.1f GFLOP/s\n", block->what.c_str(), best,
                block->flops / best * 1e-9);
    std::fflush(stdout);
    return 0;
}

int time_decoder(bool v22, int64_t height, int64_t width, int64_t latents) {
    const auto config = v22 ? neural::wan::wan22_vae() : neural::wan::wan21_vae();
    const auto vae =
        neural::wan::Vae::load(neural::Loader(std::make_shared<neural::GeneratedWeights>(1)),
                               config, neural::wan::Vae::Part::Decoder);
    if (!vae) return fail(vae.error());
    neural::wan::VaeDecoder decoder(*vae);
    const int64_t h = height / config.space_factor(), w = width / config.space_factor();
    tensor::reset_peak();
    for (int64_t i = 0; i < latents; ++i) {
        int64_t frames = 0;
        const double start = seconds();
        const auto pushed = decoder.push(tensor::Tensor::full({1, 1, h, w, config.z_dim}, 0.3f),
                                         [&](const tensor::Tensor& t) {
                                             frames += t.dim(1);
                                             return base::Status();
                                         });
        if (!pushed) return fail(pushed.error());
        std::printf("latent %lld: %lld frames of %lldx%lld in %.3f s, peak %.0f MB\n",
                    static_cast<long long>(i), static_cast<long long>(frames),
                    static_cast<long long>(w * config.space_factor()),
                    static_cast<long long>(h * config.space_factor()), seconds() - start,
                    static_cast<double>(tensor::memory_use().peak_bytes) * 1e-6);
        std::fflush(stdout);
    }
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    int64_t width = 832, height = 480, frames = 17, latents = 3;
    std::string decoder;
    std::vector<std::string_view> tables;
    for (int i = 1; i < argc; ++i) {
        const auto value = [&](const char* option) {
            return std::strcmp(argv[i], option) == 0 && i + 1 < argc ? argv[++i] : nullptr;
        };
        if (const char* size = value("--size")) {
            char* rest = nullptr;
            width = std::strtoll(size, &rest, 10);
            height = *rest == 'x' ? std::strtoll(rest + 1, nullptr, 10) : 0;
        } else if (const char* count = value("--frames")) {
            frames = std::strtoll(count, nullptr, 10);
        } else if (const char* number = value("--latents")) {
            latents = std::strtoll(number, nullptr, 10);
        } else if (const char* version = value("--vae")) {
            decoder = version;
        } else {
            tables.emplace_back(argv[i]);
        }
    }
    if (!decoder.empty()) return time_decoder(decoder == "2.2", height, width, latents);
    if (tables.empty()) tables = neural::wan::full_width_tables();
    int failed = 0;
    for (const std::string_view table : tables) failed |= time_block(table, frames, height, width);
    return failed;
}
