// Tells a story from the items of the clause reader: one pass in the order of the text, one method
// `take` for each kind of item. For script/writer/story/*.cc only; others call tell() of story.h.
//
// The methods stand here by file. A draft of an action is read (happenings, placings), gets the
// roles that the words leave open (roles, games), and joins the shot (sequence, outcomes).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "script/prompt/clause.h"
#include "script/words/action.h"
#include "script/writer/story.h"

namespace script {

constexpr size_t kMostActions = 8;  // of one shot; a ninth opens the next

class Storyteller {
public:
    // `items` must outlive it.
    Storyteller(const std::vector<Item>& items, int most_shots, size_t bytes);
    Story run();  // once

private:
    // ---- story.cc
    Cast& cast() { return story_.cast; }
    DraftShot& shot() { return story_.shots.back(); }

    // ---- shots.cc: cuts and markers
    void take(const NewShot& mark);
    void take(const Sentence& sentence);
    // The words before byte `end` belong to the shot before, those from `begin` on to the new one.
    // False: the film has all its shots, nothing more is read.
    bool open_shot(bool continues, size_t end, size_t begin);
    bool open_shot(bool continues, size_t cut) { return open_shot(continues, cut, cut); }
    // Where a shot begins whose place is told by the item at hand: with its sentence, or with the
    // clause where the sentence began in another place.
    size_t clause_begin() const;

    // ---- film_settings.cc: camera, style, weather, time, sound, lengths
    void take(const Lens& lens);
    void take(const Duration& duration);
    void take(const FilmSetting& setting);
    bool opens_shot(const FilmSetting& setting);

    // ---- descriptions.cc: things without a verb, and speech
    void take(const Description& description);
    void take(const Speech& speech);

    // ---- mentions.cc: from noun phrases to the cast
    void be_present(int entry) { shot().be_present(entry); }
    // Casts what a mention means and where it stands; also what it says it is doing.
    std::vector<int> bring(const Mention& mention, const std::vector<int>& subject);
    void put_in_hand(const std::vector<int>& holders, CastEntry& thing);
    void stand_on(const std::vector<int>& entries, const std::string& preposition,
                  const Mention& under);
    // "in a spotlight": where one stands in such a light, not a lamp on the floor.
    bool stands_in_light(const Mention& light);
    // A reference to a thing or a part. `strikes`: something is done to it, so that a wall or a
    // table is brought along as a body.
    Ref refer(const Mention& mention, const std::vector<int>& subject, bool strikes);
    // "The wall falls", "the dust settles": parts and loose matter as subjects.
    std::vector<int> subject_of_set(const Mention& mention);
    void vote(int entry, double weight);
    void do_while_named(const Mention& mention, const std::vector<int>& entries);
    bool plays_at_goal();

    // ---- places.cc: where the shot is
    void name_set(const Mention& mention, const std::string& preposition);
    // "in the kitchen", "on a wooden table", "onto a concrete floor": what the phrase says about
    // the place. True when it is a place (and no thing to be cast).
    bool place_phrase(const std::string& preposition, const Mention& thing,
                      const std::vector<int>& who);
    bool any_living(const std::vector<int>& entries);
    bool table_phrase(const std::string& preposition, const Mention& thing,
                      const std::vector<int>& who);
    double size_of(const std::vector<int>& entries);

    // ---- happenings.cc: a verb with its subjects, objects and instrument
    void take(const Happening& happening);
    void perform(const Happening& happening, std::vector<int> subjects,
                 const std::vector<Mention>& subject_mentions);
    DraftAction draft_of(const Happening& happening, const std::vector<Mention>& subject_mentions);
    void report_loose_verb(const Happening& happening);
    Ref object_of(const Mention& mention, const std::vector<int>& subjects, bool strikes,
                  const Happening& happening);
    void read_shot_object(const Happening& happening);
    void take_instrument(const Mention& mention, DraftAction& draft,
                         const std::vector<int>& subjects);

    // ---- events.cc: happenings with a name of their own ("a break shot", "a strike")
    void perform_event(const Happening& happening, std::vector<int> subjects);
    void bring_event_subject(const Event& event, std::vector<int>& subjects);
    void bring_event_object(const Event& event, std::vector<Ref>& objects);
    void aim_event(const Event& event, DraftAction& draft);

    // ---- placings.cc: preposition phrases become path, target and outcome
    // `draft` may be null: then they speak of the place and of things alone.
    void read_placings(const Happening& happening, const std::vector<int>& who, DraftAction* draft);
    void read_placing(const std::string& preposition, const Mention& thing,
                      const std::vector<int>& who, DraftAction* draft);
    bool falls_from(const std::string& preposition, const Mention& place,
                    const std::vector<int>& who, DraftAction& draft);

    // ---- roles.cc: who and what an action needs beside what was said
    // Missing roles, the sport, and verbs that mean something else of this subject.
    void complete(const Happening& happening, DraftAction& draft, std::vector<int>& subjects,
                  std::vector<Ref>& objects);
    void ensure_object(std::string_view kind, std::vector<Ref>& objects);
    // An entry of that kind in this film, added if there is none.
    int ensure_standing(std::string_view kind, std::string_view word, int count,
                        Arrangement formation);
    // The prompt names what would have been brought along anyway.
    void note_default(std::string_view kind, const std::vector<Ref>& objects);
    void fill_roles(const Happening& happening, const ActionFrame& frame, const DraftAction& draft,
                    std::vector<int>& subjects, std::vector<Ref>& objects);
    void count_knocked_over(const Happening& happening, Action& action,
                            const std::vector<Ref>& objects);
    bool animate_set(const ActionFrame& frame, const std::vector<int>& subjects);

    // ---- games.cc: what ball is played, where it goes, and what stands there
    void complete_game(DraftAction& draft, std::vector<int>& subjects, std::vector<Ref>& objects);
    void complete_break_shot(DraftAction& draft, std::vector<int>& subjects,
                             std::vector<Ref>& objects);
    // "putts the ball and it misses": how the action before ended, no shot at a hoop.
    bool tells_the_end(const DraftAction& draft, const std::vector<int>& subjects);
    void complete_shot(DraftAction& draft, std::vector<int>& subjects, std::vector<Ref>& objects);
    void complete_pot(DraftAction& draft, std::vector<int>& subjects, std::vector<Ref>& objects);
    void meet_head_on(DraftAction& draft, std::vector<int>& subjects);

    // ---- sequence.cc: drafts become actions, at once or one after the other
    // One action for each doer and thing.
    void emit(const Happening& happening, DraftAction draft, const std::vector<int>& subjects,
              const std::vector<Ref>& objects);
    // `before`: it is the cause of the last one.
    void push_action(DraftAction draft, bool before);
    bool follows_last(const Happening& happening, const std::vector<int>& subjects);
    void let_go_of_balance(const DraftAction& draft, const std::vector<int>& subjects);

    // ---- outcomes.cc: how an action ends
    // What becomes of a thing already on its way is the outcome of that action. True: it is said,
    // and `draft` is no action of its own.
    bool merge_into_last(const Happening& happening, DraftAction& draft);
    // "does not break", "does not fall", "never scores": an outcome of what happens.
    void negate(const Happening& happening, const std::vector<int>& subjects);

    const std::vector<Item>& items_;
    const int most_shots_;
    const size_t bytes_;
    Story story_;
    size_t at_ = 0;  // item at hand
    int shot_index_ = 0, sentence_ = 0;
    size_t sentence_begin_ = 0;  // byte of the prompt
    bool over_ = false;          // the film has all its shots
    bool fresh_sentence_ = true;
    bool all_objects_ = false;  // of the happening at hand: "all the pins"
    std::vector<int> last_subjects_;
    int last_broken_ = -1;  // entry
};

}  // namespace script
