#include "sound/source/rush.h"

#include "base/core/random.h"
#include "sound/dsp/biquad.h"

namespace sound {
namespace {

class Rush : public Source {
public:
    Rush(std::vector<ControlPoint> points, double q, uint64_t seed)
        : walk_(std::move(points)), q_(q), loudest_(walk_.loudest()), noise_(seed, 61) {}

    bool render(float* out, int count) override {
        for (int i = 0; i < count; ++i, ++at_) {
            if (at_ % 48 == 0) {
                now_ = walk_.at(at_);
                tone_.retune(Biquad::band_pass(static_cast<double>(now_.corner_hz), q_));
            }
            level_ += 0.01f * (now_.level - level_);
            out[i] += level_ * tone_.process(static_cast<float>(noise_.uniform() * 2 - 1));
        }
        return at_ < walk_.end();
    }
    float level() const override { return loudest_; }

private:
    ControlWalk walk_;
    double q_;
    float loudest_;
    base::Rng noise_;
    Biquad tone_ = Biquad::band_pass(500, 1);
    ControlPoint now_;
    float level_ = 0;
    int64_t at_ = 0;
};

}  // namespace

std::unique_ptr<Source> make_rush(std::vector<ControlPoint> points, double q, uint64_t seed) {
    return std::make_unique<Rush>(std::move(points), q, seed);
}

std::unique_ptr<Source> make_net_swish(uint64_t seed) {
    return make_rush({{0, 0.06f, 2400, 0},
                      {1400, 0.11f, 3600, 0},
                      {4800, 0.04f, 2600, 0},
                      {9600, 0.01f, 1500, 0},
                      {12000, 0, 1200, 0}},
                     0.8, seed);
}

}  // namespace sound
