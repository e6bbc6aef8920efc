/*
 * Links of a text: a list of them, and what following one does.
 *
 * `experiment:NAME` runs an experiment of the topic.  An address of the web is opened by
 * $BROWSER, which may hold arguments; without one, and everything else, goes into the
 * clipboard.
 */
#ifndef PC_TUI_LINKS_H
#define PC_TUI_LINKS_H

#include "markup/markup.h"
#include "tui/browser.h"

/* The experiment that a link names, or NULL. */
const struct pc_experiment *pc_link_experiment(const struct pc_topic *topic,
                                               const char *url);

/* Follow a link: gives the view to open, or NULL when it was opened elsewhere. */
struct pc_view *pc_link_follow(struct pc_browser *browser, const struct pc_topic *topic,
                               const char *url);

/* An overlay with the links of a document, which it copies. */
struct pc_view *pc_links_create(struct pc_browser *browser, const struct pc_topic *topic,
                                const struct pc_document *document);

#endif
