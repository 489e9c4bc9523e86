#include "neural/goldens/verdict.h"

#include <algorithm>
#include <cmath>
#include <exception>
#include <filesystem>
#include <limits>

#include "tensor/ops/linear.h"

namespace neural::goldens {
namespace {

constexpr double kInfinite = std::numeric_limits<double>::infinity();

void compare(const std::string& name, const tensor::Tensor& want_tensor, const Case& c,
             Verdict& verdict) {
    const auto say = [&](const std::string& what) {
        verdict.ok = false;
        verdict.max_abs = verdict.max_rel = kInfinite;
        verdict.problem += (verdict.problem.empty() ? "" : "; ") + name + " " + what;
    };
    const auto found = verdict.outputs.find(name);
    if (found == verdict.outputs.end()) return say("was not computed");
    if (found->second.elements() != want_tensor.elements()) {
        return say("is " + found->second.shape().text() + ", must be " +
                   want_tensor.shape().text());
    }
    const base::Json& stats = c.stats.contains(name)             ? c.stats[name]
                              : c.stats.contains(name.substr(4)) ? c.stats[name.substr(4)]
                                                                 : base::Json();
    double atol = -1;
    if (stats.is_object() && stats.contains("atol") && stats["atol"].is_number())
        atol = stats["atol"].get<double>();
    // Whole numbers (timesteps, which expert) come without a tolerance: they must be equal.
    if (atol < 0 && want_tensor.dtype() == tensor::DType::I64) atol = 0;
    if (!(atol >= 0)) return say("has no tolerance in the file");
    const std::vector<float> got = found->second.to_vector(), want = want_tensor.to_vector();
    double worst = 0, largest = 0;
    size_t beyond = 0;
    for (size_t i = 0; i < got.size(); ++i) {
        const double d = std::abs(static_cast<double>(got[i]) - want[i]);
        if (!(d <= atol)) ++beyond;
        worst = std::isnan(d) ? kInfinite : std::max(worst, d);
        largest = std::max(largest, std::abs(static_cast<double>(want[i])));
    }
    verdict.max_abs = std::max(verdict.max_abs, worst);
    verdict.max_rel = std::max(verdict.max_rel, worst == 0 ? 0 : worst / largest);
    if (beyond > 0) {
        verdict.ok = false;
        verdict.problem += (verdict.problem.empty() ? "" : "; ") + name + ": " +
                           std::to_string(beyond) + " of " + std::to_string(got.size()) +
                           " values differ by more than " + std::to_string(atol) + ", at most " +
                           std::to_string(worst);
    }
}

}  // namespace

Verdict judge(const std::string& path) {
    const tensor::ComputeScope exact(tensor::Compute::F32);
    Verdict verdict;
    verdict.id = std::filesystem::path(path).stem().string();
    verdict.component = "unknown";
    verdict.max_abs = verdict.max_rel = kInfinite;
    try {
        const auto c = read_case(path);
        if (!c) {
            verdict.problem = c.error().text();
            return verdict;
        }
        if (!c->component.empty()) verdict.component = c->component;
        const RunCase run = find_component(c->component);
        if (!run) {
            verdict.problem = "no such component";
            return verdict;
        }
        auto outputs = run(*c);
        if (!outputs) {
            verdict.problem = outputs.error().text();
            return verdict;
        }
        verdict.outputs = std::move(*outputs);
        verdict.max_abs = verdict.max_rel = 0;
        verdict.ok = true;
        size_t count = 0;
        for (const auto& [name, want] : c->tensors) {
            if (!name.starts_with("out.")) continue;
            ++count;
            compare(name, want, *c, verdict);
        }
        if (count == 0) {
            verdict.ok = false;
            verdict.problem = "the case wants no outputs";
        }
    } catch (const std::exception& e) {  // out of memory, a foreign library
        verdict.ok = false;
        verdict.problem = e.what();
    }
    return verdict;
}

}  // namespace neural::goldens
