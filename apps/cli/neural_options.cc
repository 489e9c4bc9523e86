#include "apps/cli/neural_options.h"

#include <charconv>
#include <cmath>
#include <filesystem>

#include "base/text/text.h"
#include "neural/catalogue/loras.h"
#include "neural/catalogue/store.h"

namespace apps {
namespace {

constexpr double kMostStrength = 10;

bool is_file(const std::string& path) {
    std::error_code error;
    return std::filesystem::is_regular_file(path, error);
}

std::optional<double> number_of(const std::string& text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

// Cuts "REST:TAIL" in two; the tail is "" where there is no colon.
std::string cut_tail(std::string& text) {
    const size_t colon = text.rfind(':');
    if (colon == text.npos) return "";
    const std::string tail = text.substr(colon + 1);
    text.resize(colon);
    return tail;
}

}  // namespace

base::Result<neural::LoraUse> parse_lora(const std::string& text) {
    const std::string where = "--lora " + text;
    neural::LoraUse lora;
    lora.path = text;
    if (!is_file(text)) {
        std::string tail = cut_tail(lora.path);
        if (tail == "high" || tail == "low") {
            using Expert = neural::LoraUse::Expert;
            lora.expert = tail == "high" ? Expert::HighNoise : Expert::LowNoise;
            tail = is_file(lora.path) ? "" : cut_tail(lora.path);
        }
        if (!tail.empty()) {
            const auto strength = number_of(tail);
            if (!strength || std::abs(*strength) > kMostStrength) {
                return base::usage_error(
                    "\"" + tail + "\" is no strength; FILE:STRENGTH takes a number, such as 0.8",
                    where);
            }
            lora.strength = static_cast<float>(*strength);
        }
    }
    if (is_file(lora.path)) return lora;
    const auto named = neural::find_lora(neural::models_folder(), lora.path);
    if (!named.ok())
        return base::usage_error("there is no such file, and " + named.error().message, where);
    lora.path = *named;
    return lora;
}

base::Result<studio::KeyframeFile> parse_keyframe(const std::string& text) {
    const size_t at = text.rfind('@');
    const std::string when = at == text.npos ? "" : text.substr(at + 1);
    const size_t colon = when.find(':');
    const auto seconds = number_of(when.substr(0, colon));
    const auto strength = colon == when.npos ? 1.0 : number_of(when.substr(colon + 1));
    if (!seconds || *seconds < 0 || !strength || !(*strength > 0 && *strength <= 1)) {
        return base::usage_error(
            "a keyframe is FILE@SECONDS, such as door.png@2.5, or "
            "FILE@SECONDS:STRENGTH with a strength above 0, at most 1",
            "--keyframe " + text);
    }
    return studio::KeyframeFile{text.substr(0, at), *seconds, *strength};
}

std::vector<std::string> neural_options_given(const FilmOptions& options) {
    std::vector<std::string> names;
    const auto note = [&](bool given, const char* name) {
        if (given) names.emplace_back(name);
    };
    note(!options.memory.empty(), "--memory");
    note(options.steps.has_value(), "--steps");
    note(!options.negative.empty(), "--negative");
    note(!options.loras.empty(), "--lora");
    note(!options.keyframes.empty(), "--keyframe");
    note(!options.reference.empty(), "--reference");
    note(!options.sound.empty(), "--sound");
    note(!options.control.empty(), "--control");
    note(!options.decoder.empty(), "--decoder");
    note(options.own_length, "--seconds auto");
    return names;
}

base::Result<studio::NeuralWishes> neural_wishes(const FilmOptions& options) {
    studio::NeuralWishes wishes;
    if (const auto given = neural_options_given(options);
        !given.empty() && !is_neural(options.engine)) {
        return base::usage_error(
            "only models of the neural engine listen to that; take "
            "--engine neural:MODEL, or leave it out",
            base::join(given, ", "));
    }
    if (options.steps) wishes.steps = *options.steps;
    if (!options.memory.empty()) wishes.memory_bytes = TRY(parse_memory(options.memory));
    wishes.negative_prompt = options.negative;
    for (const std::string& text : options.loras) wishes.loras.push_back(TRY(parse_lora(text)));
    for (const std::string& text : options.keyframes) {
        wishes.keyframes.push_back(TRY(parse_keyframe(text)));
        if (!is_file(wishes.keyframes.back().path))
            return base::usage_error("there is no such file", "--keyframe " + text);
    }
    wishes.reference_path = options.reference;
    if (!options.reference.empty() && !is_file(options.reference))
        return base::usage_error("there is no such file", "--reference " + options.reference);
    wishes.sound_path = options.sound;
    if (!options.sound.empty() && !is_file(options.sound))
        return base::usage_error("there is no such file", "--sound " + options.sound);
    auto control = studio::parse_control(options.control);
    if (!control.ok())
        return base::usage_error(control.error().message, "--control " + control.error().where);
    wishes.control = *control;
    wishes.own_length = options.own_length;
    if (!options.decoder.empty() && options.decoder != "conv" && options.decoder != "diffusion")
        return base::usage_error("decoders are conv, diffusion", "--decoder " + options.decoder);
    wishes.diffusion_decoder = options.decoder == "diffusion";
    return wishes;
}

}  // namespace apps
