#include <algorithm>
#include <cmath>

#include "neural/ltx/audio/vocoder.h"
#include "neural/weights/config_values.h"

namespace neural::ltx {

using base::Json;

namespace {

constexpr int64_t kMelRate = 100;  // mel frames a second: 16000 / 160
// Samples on either side that an anti-aliased activation sees: 12 taps at twice the rate, twice.
constexpr int64_t kActReach = 6;

GeneratorConfig parse_generator(const Json& config, const std::string& where, bool extension,
                                std::vector<std::string>& problems) {
    ConfigValues values(config, where);
    GeneratorConfig c;
    const std::string block = values.text("resblock", "1");
    const std::string activation = values.text("activation", "snakebeta");
    if (block == "1") {
        c.act = GeneratorConfig::Act::Leaky;
    } else if (block == "AMP1" && (activation == "snakebeta" || activation == "snake")) {
        c.act =
            activation == "snake" ? GeneratorConfig::Act::Snake : GeneratorConfig::Act::SnakeBeta;
    } else {
        values.problem("resblock " + block + " with activation " + activation +
                       "; known are 1, and AMP1 with snakebeta or snake");
    }
    const bool amp = c.act != GeneratorConfig::Act::Leaky;
    const GeneratorConfig released = amp ? (extension ? VocoderConfig::released_2_3().extension
                                                      : VocoderConfig::released_2_3().generator)
                                         : VocoderConfig::released_2_0().generator;
    c.rates = values.integers("upsample_rates", released.rates, 1, 64);
    c.kernels = values.integers("upsample_kernel_sizes", released.kernels, 1, 128);
    c.initial_channels =
        values.integer("upsample_initial_channel", released.initial_channels, 1, 16384);
    c.mel_bins = values.integer("num_mels", 64, 1, 1024);
    c.channels = values.boolean("stereo", true) ? 2 : 1;
    c.block_kernels = values.integers("resblock_kernel_sizes", c.block_kernels, 1, 63);
    if (values.has("resblock_dilation_sizes")) {
        const Json& lists = config["resblock_dilation_sizes"];
        c.block_dilations.clear();
        if (!lists.is_array() || lists.empty() || lists.size() > 16) {
            values.problem("resblock_dilation_sizes must be 1 to 16 lists");
        } else {
            for (const Json& list : lists) {
                std::vector<int64_t> dilations;
                for (const Json& d : list) {
                    if (dilations.size() == 16 || !d.is_number_integer() || d.get<int64_t>() < 1 ||
                        d.get<int64_t>() > 64) {
                        values.problem("dilations must be 1 to 64, at most 16 of them");
                        break;
                    }
                    dilations.push_back(d.get<int64_t>());
                }
                c.block_dilations.push_back(std::move(dilations));
            }
        }
    }
    c.snake_log_scale = values.boolean("snake_logscale", true);
    c.bias_at_final = values.boolean("use_bias_at_final", !amp);
    c.tanh_at_final = values.boolean("use_tanh_at_final", !amp);
    c.final_activation = values.boolean("apply_final_activation", !extension);
    if (c.rates.size() != c.kernels.size()) {
        values.problem("upsample_rates and upsample_kernel_sizes differ in length");
    } else {
        for (size_t i = 0; i < c.rates.size(); ++i) {
            if (c.kernels[i] < c.rates[i])
                values.problem("an upsampling kernel is shorter than its rate");
        }
    }
    for (const int64_t k : c.block_kernels) {
        if (k % 2 == 0) values.problem("resblock_kernel_sizes must be odd");
    }
    if (c.block_kernels.size() != c.block_dilations.size())
        values.problem("resblock_kernel_sizes and resblock_dilation_sizes differ in length");
    if ((c.initial_channels >> c.rates.size()) < 1)
        values.problem("upsample_initial_channel cannot be halved once per upsampling");
    if (c.samples_per_frame() > 4096) values.problem("more than 4096 samples per frame");
    if (const auto status = values.status(); !status) problems.push_back(status.error().text());
    return c;
}

GeneratorConfig amp(std::vector<int64_t> rates, std::vector<int64_t> kernels, int64_t channels,
                    bool final_activation) {
    GeneratorConfig c;
    c.rates = std::move(rates);
    c.kernels = std::move(kernels);
    c.initial_channels = channels;
    c.act = GeneratorConfig::Act::SnakeBeta;
    c.bias_at_final = c.tanh_at_final = false;
    c.final_activation = final_activation;
    return c;
}

}  // namespace

int64_t GeneratorConfig::samples_per_frame() const {
    int64_t n = 1;
    for (const int64_t r : rates) n = std::min<int64_t>(1 << 20, n * r);
    return n;
}

int64_t GeneratorConfig::reach() const {
    double frames = 3;  // the first convolution's 7 taps
    double rate = 1;    // samples per frame
    for (size_t i = 0; i < rates.size(); ++i) {
        frames += static_cast<double>(kernels[i] / rates[i] + 1) / rate;
        rate *= static_cast<double>(rates[i]);
        int64_t widest = 0;
        for (size_t j = 0; j < block_kernels.size(); ++j) {
            int64_t samples = 0;
            for (const int64_t d : block_dilations[j]) {
                samples += (block_kernels[j] - 1) / 2 * (d + 1);
                if (act != Act::Leaky) samples += 2 * kActReach;
            }
            widest = std::max(widest, samples);
        }
        frames += static_cast<double>(widest) / rate;
    }
    frames += static_cast<double>(3 + kActReach) / rate;  // the last activation and convolution
    return static_cast<int64_t>(std::ceil(frames)) + 1;
}

int64_t VocoderConfig::reach() const {
    if (!extends) return generator.reach();
    // Extension frames, the window of their spectrum and the resampler's 7 samples, in mel frames.
    const double samples = static_cast<double>((extension.reach() + 1) * hop + n_fft + 8);
    return generator.reach() + static_cast<int64_t>(std::ceil(
                                   samples / static_cast<double>(generator.samples_per_frame())));
}

base::Result<VocoderConfig> VocoderConfig::parse(const Json& config, const std::string& where) {
    if (!config.is_object() || !config.contains("vocoder") || !config["vocoder"].is_object())
        return base::failed("the vocoder's configuration lacks its vocoder object", where);
    std::vector<std::string> problems;
    VocoderConfig c;
    c.generator = parse_generator(config["vocoder"], where, false, problems);
    c.extends = config.contains("bwe") && !config["bwe"].is_null();
    if (c.extends) {
        const Json& bwe = config["bwe"];
        c.extension = parse_generator(bwe, where, true, problems);
        ConfigValues values(bwe, where);
        c.n_fft = values.integer("n_fft", 512, 2, 8192);
        c.hop = values.integer("hop_length", 80, 1, 8192);
        c.window = values.integer("win_size", c.n_fft, 2, 8192);
        c.in_rate = values.integer("input_sampling_rate", 16000, 1000, 384000);
        c.out_rate = values.integer("output_sampling_rate", 48000, 1000, 384000);
        if (c.n_fft % 2 != 0 || c.window > c.n_fft || c.hop > c.n_fft)
            values.problem("n_fft must be even and at least win_size and hop_length");
        if (c.out_rate % c.in_rate != 0 || c.out_rate / c.in_rate > 16) {
            values.problem("output_sampling_rate must be 1 to 16 times input_sampling_rate");
        } else if (c.extension.samples_per_frame() != c.hop * (c.out_rate / c.in_rate)) {
            values.problem("the extension's upsample_rates do not lead to output_sampling_rate");
        }
        if (c.extension.channels != c.generator.channels)
            values.problem("the two generators differ in channels");
        if (const auto status = values.status(); !status) problems.push_back(status.error().text());
    }
    if (!problems.empty()) return base::Error{base::ErrorKind::Failed, problems[0], where};
    return c;
}

VocoderConfig VocoderConfig::released_2_0() {
    VocoderConfig c;
    c.generator.rates = {6, 5, 2, 2, 2};
    c.generator.kernels = {16, 15, 8, 4, 4};
    c.generator.initial_channels = 1024;
    return c;
}

VocoderConfig VocoderConfig::released_2_3() {
    VocoderConfig c;
    c.generator = amp({5, 2, 2, 2, 2, 2}, {11, 4, 4, 4, 4, 4}, 1536, true);
    c.extends = true;
    c.extension = amp({6, 5, 2, 2, 2}, {12, 11, 4, 4, 4}, 512, false);
    return c;
}

int64_t VocoderConfig::sample_rate() const {
    return extends ? out_rate : kMelRate * generator.samples_per_frame();
}

int64_t VocoderConfig::samples(int64_t mel_frames) const {
    const int64_t n = mel_frames * generator.samples_per_frame();
    return extends ? n * (out_rate / in_rate) : n;
}

}  // namespace neural::ltx
