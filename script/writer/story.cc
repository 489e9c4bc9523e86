#include "script/writer/story.h"

#include <algorithm>
#include <utility>

#include "script/writer/story/settle.h"
#include "script/writer/story/storyteller.h"

namespace script {

bool DraftShot::empty() const { return actions.empty() && present.empty() && dialogue.empty(); }

void DraftShot::be_present(int entry) {
    if (std::find(present.begin(), present.end(), entry) == present.end()) present.push_back(entry);
}

Storyteller::Storyteller(const std::vector<Item>& items, int most_shots, size_t bytes)
    : items_(items), most_shots_(most_shots), bytes_(bytes) {
    story_.shots.emplace_back();
}

Story Storyteller::run() {
    for (at_ = 0; at_ < items_.size() && !over_; ++at_) {
        std::visit([this](const auto& item) { take(item); }, items_[at_]);
    }
    if (!over_) shot().end = bytes_;
    if (shot().empty() && story_.shots.size() > 1 && !shot().set_asked) {
        const size_t end = shot().end;
        story_.shots.pop_back();
        shot().end = end;
    }
    settle(story_);
    return std::move(story_);
}

Story tell(const std::vector<Item>& items, int most_shots, size_t bytes) {
    return Storyteller(items, std::max(1, most_shots), bytes).run();
}

}  // namespace script
