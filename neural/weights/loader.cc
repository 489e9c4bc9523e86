#include "neural/weights/loader.h"

#include <set>

namespace neural {

using tensor::Shape;
using tensor::Tensor;

struct Loader::Shared {
    std::shared_ptr<const TensorSource> source;
    std::set<std::string> asked;
    std::vector<std::string> problems;
};

Loader::Loader(std::shared_ptr<const TensorSource> source, std::string prefix)
    : shared_(std::make_shared<Shared>()), prefix_(std::move(prefix)) {
    shared_->source = std::move(source);
}

Loader Loader::at(std::string_view part) const {
    Loader below = *this;
    below.prefix_ += std::string(part) + ".";
    return below;
}
Loader Loader::at(std::string_view part, int64_t index) const {
    return at(std::string(part) + "." + std::to_string(index));
}

const TensorSource& Loader::source() const { return *shared_->source; }
bool Loader::has(std::string_view name) const {
    return shared_->source->info(prefix_ + std::string(name), {}).has_value();
}

Tensor Loader::stored(std::string_view name, const Shape& shape) const {
    const std::string full = prefix_ + std::string(name);
    shared_->asked.insert(full);
    const auto info = shared_->source->info(full, shape);
    if (!info) {
        problem("missing: " + full + " " + shape.text());
    } else if (info->shape != shape) {
        problem("misshapen: " + full + " is " + info->shape.text() + ", must be " + shape.text());
    } else {
        auto loaded = shared_->source->load(full, shape);
        if (loaded) return *loaded;
        problem(loaded.error().text());
    }
    // A stand-in without values, so that building goes on and finds the other problems.
    static const auto nothing = std::make_shared<std::byte>();
    return Tensor(shape, tensor::DType::F32, nothing);
}

Tensor Loader::vector(std::string_view name, const Shape& shape) const {
    const Tensor t = stored(name, shape);
    return t.dtype() == tensor::DType::F32 ? t : t.widened();
}

tensor::Linear Loader::linear(std::string_view name, int64_t in, int64_t out, bool bias) const {
    const Loader below = at(name);
    const Tensor weight = below.stored("weight", {out, in});
    return tensor::Linear(weight, bias ? below.vector("bias", {out}) : Tensor());
}

tensor::Conv Loader::conv(std::string_view name, int64_t in, int64_t out,
                          std::initializer_list<int64_t> kernel,
                          const tensor::ConvGeometry& geometry, bool bias) const {
    const Loader below = at(name);
    Shape shape{out, in};
    for (const int64_t k : kernel) shape.append(k);
    const Tensor weight = below.stored("weight", shape);
    return tensor::Conv(weight, bias ? below.vector("bias", {out}) : Tensor(), geometry);
}

void Loader::problem(std::string what) const { shared_->problems.push_back(std::move(what)); }

base::Status Loader::finish(bool refuse_extra, bool (*ignore)(std::string_view)) const {
    std::vector<std::string> problems = shared_->problems;
    if (refuse_extra) {
        for (const std::string& name : shared_->source->names()) {
            if (name.starts_with(prefix_) && !shared_->asked.contains(name) &&
                !(ignore && ignore(name))) {
                problems.push_back("not of this model: " + name);
            }
        }
    }
    if (problems.empty()) return {};
    constexpr size_t kShown = 20;
    std::string text = std::to_string(problems.size()) + " tensors do not fit this model";
    for (size_t i = 0; i < problems.size() && i < kShown; ++i) text += "\n  " + problems[i];
    if (problems.size() > kShown)
        text += "\n  and " + std::to_string(problems.size() - kShown) + " more";
    return base::failed(text, shared_->source->where());
}

}  // namespace neural
