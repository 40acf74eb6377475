import fs from 'node:fs';
import path from 'node:path';

/** What a new publication begins with: file names and their texts. */
const STARTER: Readonly<Record<string, string>> = {
  'traffic.yaml': `# What this publication is made from and how it looks. Lines that begin with # are
# comments; the values in them are what holds while the line stays commented out.

site:
  title: List Traffic
  # strap: A weekly reading of my-list     # the line under the title
  # url: https://lists.example.org         # where the site will be; feeds need it
  # prefix: /                              # the path it lies under, such as /traffic/
  # language: en                           # the language of the site's pages
  # timezone: UTC                          # for dates in lists; URLs are always by UTC
  # archive: all                           # which threads get pages

# The names of lists in URLs, by List-Id. Without an entry a list has the first part of its
# List-Id for a name: my-list for my-list.lists.example.org.
# lists:
#   my-list.lists.example.org: my-list

# Where "traffic pull" reads what is new. An mbox, a Maildir or mail files need no entry:
# "traffic import PATH" reads them. docs/sources.md of the program tells more.
# A password never stands here. Name an environment variable that holds it, or a command
# that prints it.
sources: []
#  - name: work
#    type: imap
#    host: mail.example.org
#    tls: required                         # required | starttls | none (this machine only)
#    # port: 993                           # 143 unless tls is required
#    # ca: /etc/ssl/our-authority.pem      # trust this authority too
#    user: me
#    password_env: IMAP_PASSWORD           # or: password_command: pass show mail/work
#                                          # or, with OAuth2: token_command: my-token-helper
#    mailboxes: [INBOX, "lists/*"]         # names; * stands for any characters
#    # list: my-list                       # the list of messages without a List-Id
#    # topics: [syscalls]                  # pull the threads of these only
#  - name: lkml
#    type: public-inbox                    # git repositories, as public-inbox servers mirror lists
#    path: mirrors/lkml                    # the folder that holds git/0.git, git/1.git, ...
#    topics: [syscalls]

# What a source with topics pulls: whole threads in which a message of the time has a subject
# or text that matches. Patterns are regular expressions, in any case; a word is one.
# This one finds how Linux came to call no system calls from inside the kernel, in 2018.
# The mail of that list comes by IMAP only from an account that has it: your own, subscribed at
# the time; or a folder of it that "lei q" has filled. A mirror of the list's archive in git is a
# source of type public-inbox. docs/sources.md has the recipes.
# topics:
#   syscalls:
#     title: System calls inside the kernel
#     subject: ['in-kernel (sys)?calls?', 'syscall', 'ksys_', '\\bsys_[a-z]', 'pt_regs']
#     since: 2018-03-01
#     until: 2018-05-01                     # the day after the last
#     # body: "do_sys_"                     # slow: reads every message of the time
#     # people: [ada@example.org]           # only what they wrote begins a thread
#     # lists: [linux-kernel]               # only what was on these lists does

privacy:
  addresses: show                          # mask hides senders' addresses, raw mail and mbox files

# max_message_bytes: 33554432              # bigger messages are counted, not stored
`,
  'about.md': `# About this site

This site is made from the mail of a public list. Every message is shown as it was sent, and
every page has an address that will not change.

Write here, in Markdown, who publishes the site and how to reach you.
`,
  '.gitignore': 'archive.db*\n_site/\n_site.*/\n',
};

/** Writes the starter's files into a folder, never over a file that is there. Gives the names of those written. */
export function writeStarter(folder: string): readonly string[] {
  return Object.entries(STARTER).flatMap(([name, text]) => {
    try {
      fs.writeFileSync(path.join(folder, name), text, { flag: 'wx' });
      return [name];
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return [];
      throw error;
    }
  });
}
