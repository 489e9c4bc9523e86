#include "world/figure/motion/clip.h"

namespace world {
namespace {
class Stand : public Clip {
public:
    explicit Stand(const ClipRequest& r) : r_(r) {}
    Controls at(double) const override { return placed(stand_controls(*r_.body), r_.home); }
    double length_s() const override { return 1; }
    Home end_home() const override { return r_.home; }
private:
    ClipRequest r_;
};
}  // namespace
std::unique_ptr<Clip> make_clip(const ClipRequest& request) { return std::make_unique<Stand>(request); }
}  // namespace world

namespace world {
ClipTiming clip_timing(const std::string&) { return {0.5, 1.0}; }
std::vector<std::string> clip_names() { return {"stand"}; }
}  // namespace world
