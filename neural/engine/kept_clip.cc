#include "neural/engine/kept_clip.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "base/core/log.h"
#include "base/core/sha256.h"
#include "base/cpu/isa.h"
#include "neural/weights/safetensors.h"
#include "tensor/core/parallel.h"
#include "tensor/ops/linear.h"

namespace neural {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSchema = "aozora-clip/1";
constexpr uint64_t kMostBytes = uint64_t{4} << 30;
constexpr int kMostTensors = 8;

std::string exact(double value) {
    char text[40];
    std::snprintf(text, sizeof text, "%a", value);
    return text;
}

std::string tensor_name(size_t i) { return "t" + std::to_string(i); }

// Of everything that a state says.
std::string sum_of(const std::string& film, const KeptClip::State& state) {
    base::Sha256 sum;
    sum.add(film + "\n" + std::to_string(state.stage) + " " + std::to_string(state.step) + " " +
            std::to_string(state.done) + "\n");
    for (const tensor::Tensor& t : state.tensors) {
        sum.add(t.shape().text() + "\n");
        sum.add({reinterpret_cast<const char*>(t.raw()), t.bytes()});
    }
    return sum.hex();
}

std::optional<int64_t> number(const std::string& text) {
    if (text.empty() || text.size() > 9 || text.find_first_not_of("0123456789") != text.npos)
        return std::nullopt;
    return std::stoll(text);
}

}  // namespace

std::string film_name(const FilmPlan& plan, const std::string& identity) {
    base::Sha256 sum;
    const auto add = [&](const std::string& text) {
        sum.add(std::to_string(text.size()) + ":" + text + "\n");
    };
    add(kSchema);
    add(identity);
    add(std::string(base::isa_level()) + " " + std::to_string(tensor::threads()) + " " +
        std::to_string(static_cast<int>(tensor::compute())));
    for (const ShotPlan& shot : plan.shots) {
        add(shot.prompt);
        add(exact(shot.seconds) + (shot.continues ? " continues" : ""));
    }
    add(plan.negative_prompt);
    add(std::to_string(plan.width_px) + "x" + std::to_string(plan.height_px) + " " +
        exact(plan.fps) + " " + std::to_string(plan.seed) + " " + std::to_string(plan.steps));
    const auto add_picture = [&](const base::Image8& picture) {
        add(std::to_string(picture.width_px) + "x" + std::to_string(picture.height_px));
        sum.add({reinterpret_cast<const char*>(picture.data.data()), picture.data.size()});
    };
    if (plan.first_picture) add_picture(*plan.first_picture);
    for (const Keyframe& key : plan.keyframes) {
        add("keyframe " + exact(key.seconds) +
            (key.strength == 1 ? "" : " strength " + exact(key.strength)));
        add_picture(*key.picture);
    }
    return sum.hex();
}

base::Result<std::string> files_identity(const std::string& path) {
    std::error_code error;
    std::vector<std::string> lines;
    const auto add = [&](const fs::path& file) {
        const auto bytes = fs::file_size(file, error);
        if (error) return;
        const auto changed = fs::last_write_time(file, error).time_since_epoch().count();
        lines.push_back(file.string() + " " + std::to_string(bytes) + " " +
                        std::to_string(changed));
    };
    if (!fs::is_directory(path, error)) {
        add(path);
    } else {
        for (fs::recursive_directory_iterator each(path, error), end; !error && each != end;
             each.increment(error)) {
            if (each->is_regular_file(error)) add(each->path());
        }
    }
    if (error) return base::failed("cannot be looked at: " + error.message(), path);
    std::sort(lines.begin(), lines.end());
    std::string all;
    for (const std::string& line : lines) all += line + "\n";
    return all;
}

bool KeptClip::State::holds(std::initializer_list<tensor::Shape> shapes) const {
    return std::equal(
        shapes.begin(), shapes.end(), tensors.begin(), tensors.end(),
        [](const tensor::Shape& s, const tensor::Tensor& t) { return t.shape() == s; });
}

KeptClip::KeptClip(FilmKeep keep, std::string film, int clip)
    : keep_(std::move(keep)), film_(std::move(film)) {
    if (keep_.folder.empty()) return;
    char name[40];
    std::snprintf(name, sizeof name, "clip-%03d.safetensors", clip);
    file_ = name;
}

std::optional<KeptClip::State> KeptClip::load() const {
    if (file_.empty()) return std::nullopt;
    const std::string path = keep_.folder + "/" + file_;
    std::error_code error;
    const auto bytes = fs::file_size(path, error);
    if (error || bytes > kMostBytes) return std::nullopt;
    const auto source = open_safetensors(path);
    if (!source.ok() || (*source)->metadata("film") != film_) return std::nullopt;
    const auto stage = number((*source)->metadata("stage")),
               step = number((*source)->metadata("step")),
               count = number((*source)->metadata("tensors"));
    if (!stage || !step || !count || *stage > 8 || *count > kMostTensors) return std::nullopt;
    State state{static_cast<int>(*stage), *step, (*source)->metadata("done") == "yes", {}};
    for (size_t i = 0; i < static_cast<size_t>(*count); ++i) {
        const auto info = (*source)->info(tensor_name(i), {});
        if (!info || info->dtype != tensor::DType::F32) return std::nullopt;
        const auto t = (*source)->load(tensor_name(i), info->shape);
        if (!t.ok()) return std::nullopt;
        state.tensors.push_back(t->clone());  // the file is replaced while they are in use
    }
    if ((*source)->metadata("sum") != sum_of(film_, state)) return std::nullopt;
    return state;
}

void KeptClip::save(const State& state) {
    if (file_.empty()) return;
    const auto now = std::chrono::steady_clock::now();
    const bool young = last_.time_since_epoch().count() != 0 &&
                       std::chrono::duration<double>(now - last_).count() < keep_.every_s;
    if (young && !state.done) return;
    std::vector<std::pair<std::string, tensor::Tensor>> tensors;
    for (size_t i = 0; i < state.tensors.size(); ++i)
        tensors.emplace_back(tensor_name(i), state.tensors[i]);
    const base::Status written = write_safetensors(keep_.folder + "/" + file_, tensors,
                                                   {{"schema", kSchema},
                                                    {"film", film_},
                                                    {"stage", std::to_string(state.stage)},
                                                    {"step", std::to_string(state.step)},
                                                    {"done", state.done ? "yes" : "no"},
                                                    {"tensors", std::to_string(tensors.size())},
                                                    {"sum", sum_of(film_, state)}});
    if (!written.ok()) {
        base::log_warning("a step of the film was not kept: " + written.error().text());
        return;
    }
    last_ = now;
    if (keep_.kept) keep_.kept(file_);
}

}  // namespace neural
