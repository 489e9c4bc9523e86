#include "neural/engine/finite.h"

#include <algorithm>
#include <cmath>

#include "neural/weights/damage.h"
#include "neural/weights/open.h"

namespace neural {
namespace {

constexpr size_t kMostNamed = 3;  // of a file

// "blocks.3.attn.q.weight holds 2 NaN, the first at 77 (model.safetensors)", or "" for sound files.
base::Result<std::string> damaged_weights(const std::vector<std::string>& weights,
                                          const base::CancelToken* cancel) {
    std::string all;
    for (const std::string& path : weights) {
        const auto source = TRY(open_weights(path));
        for (const Damage& each : TRY(find_damage(*source, kMostNamed, cancel)))
            all += (all.empty() ? "" : "; ") + each.text() + " (" + source->where() + ")";
    }
    return all;
}

}  // namespace

base::Status check_finite(const tensor::Tensor& values, const std::string& what,
                          const std::vector<std::string>& weights,
                          const base::CancelToken* cancel) {
    const float *begin = values.f32(), *end = begin + values.elements();
    const float* first = std::find_if_not(begin, end, [](float v) { return std::isfinite(v); });
    if (first == end) return {};
    const std::string said = "the model's " + what + " " + values.shape().text() +
                             " hold values that are no numbers, the first at " +
                             std::to_string(first - begin);
    const std::string damaged = TRY(damaged_weights(weights, cancel));
    if (!damaged.empty())
        return base::failed(said + ", and so do its weights: " + damaged +
                            "; fetch the files again");
    return base::failed(said + (weights.empty() ? "" : "; its weights are numbers all of them") +
                        "; another seed, size or number of steps may do");
}

}  // namespace neural
