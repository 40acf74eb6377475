import fs from 'node:fs';
import path from 'node:path';

/** What a new publication begins with: file names and their texts. */
const STARTER: Readonly<Record<string, string>> = {
  'traffic.yaml': `# What this publication is made from and how it looks.
#
# "# " begins an explanation, "#" right before a setting switches it off: take the "#" away
# to use it. A value under site, privacy and max_message_bytes that is switched off is what
# holds without it.

site:
  title: List Traffic
  #strap: A weekly reading of my-list      # the line under the title
  #url: https://lists.example.org          # where the site will be; feeds need it
  #prefix: /                               # the path it lies under, such as /traffic/
  #language: en                            # the language of the site's pages
  #timezone: UTC                           # for dates in lists; URLs are always by UTC
  #archive: all                            # which threads get pages

# The names of lists in URLs, by List-Id. Without an entry a list has the first part of its
# List-Id for a name: my-list for my-list.lists.example.org.
lists:
  #my-list.lists.example.org: my-list

# Where the ids of commits in a list's mail lead: %h stands for the id. Without an entry they
# stay text.
commits:
  #my-list: https://git.kernel.org/linus/%h

# Where the same mail can be searched by a server, for readers without JavaScript.
archives:
  #my-list: https://lore.kernel.org/my-list/

# Where "traffic pull" reads what is new. Mail files need no entry: "traffic import PATH" reads
# an mbox, a Maildir or single mails. docs/sources.md of list-traffic tells all of this in full.
# A password never stands here, only where it comes from.
sources:
  # Your own account, subscribed to a list: all that comes from now on.
  #- name: work
  #  type: imap
  #  host: mail.example.org
  #  #port: 993                            # 993 for tls: required, 143 for the others
  #  tls: required                         # required | starttls | none (this machine only)
  #  #ca: our-authority.pem                # an authority to trust besides the known ones
  #  user: me
  #  password_env: IMAP_PASSWORD           # or password_command: …, or for OAuth2 token_command: …
  #  mailboxes: [INBOX, "lists/*"]         # * stands for any characters
  #  #list: my-list                        # the list of messages without a List-Id
  #  #topics: []                           # only the threads of these; none: everything

  # The past of the Linux kernel list, two roads. The first: "lei q" has put the threads that a
  # search finds into a folder of your account.
  #- name: found
  #  type: imap
  #  host: mail.example.org
  #  user: me
  #  password_command: pass show mail/me
  #  mailboxes: [found-by-lei]

  # The second: a mirror of the list's public-inbox archive, made with "git clone --mirror".
  #- name: lkml
  #  type: public-inbox
  #  path: mirrors/lkml                    # the folder that holds git/0.git, git/1.git, …
  #  list: linux-kernel
  #  topics: [syscalls]

# What a source with topics pulls: each thread, whole, in which a message of that time has a
# subject that matches. Patterns are regular expressions, in any case; a plain word is one.
# "traffic pull --dry-run" tells what would come.
topics:
  # How Linux came to call none of its system calls from inside the kernel, in spring 2018.
  #syscalls:
  #  title: System calls inside the kernel
  #  subject:
  #    - 'in-kernel (syscall|call|invocation)'
  #    - '\\bsyscalls?(/\\w+)?:'
  #    - '\\b(k|__|do_|compat_)?sys_\\w+\\(\\)'
  #    - '\\b_do_fork\\b'
  #    - 'SYSCALL_WRAPPER'
  #    - 'struct pt_regs.*syscall'
  #  since: 2018-03-01
  #  until: 2018-05-01                     # the day after the last
  #  #body: '\\bksys_\\w+\\('                 # or its text matches; slow: reads all mail of that time
  #  #people: [ada@example.org, Ben Birch] # only what they wrote begins a thread
  #  #lists: [linux-kernel]                # only what was on these lists begins one

privacy:
  addresses: show                          # mask hides senders' addresses, raw mail and mbox files

# Whoever is quoted in a brief has a page with what they said. Those who want none stand here, by
# names or addresses; their mail stays where it is.
people:
  hide: []                                 # [ada@example.org, Ben Birch]

#max_message_bytes: 33554432               # bigger messages are counted, not stored
`,
  'about.md': `# About this site

This site is made from the mail of a public list. Every message is shown as it was sent, and
every page has an address that will not change.

Write here, in Markdown, who publishes the site and how to reach you.
`,
  '.gitignore': 'archive.db*\n_site/\n_site.*/\nmirrors/\n',
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
