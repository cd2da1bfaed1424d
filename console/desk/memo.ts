import { Component, type ComponentChild, createElement, type FunctionComponent } from 'preact';

/**
 * Draws a component again only when `same` says that its props differ; signals it reads redraw it by themselves.
 * Preact keeps its own behind a compatibility layer of a size of this whole list.
 */
export function memo<P extends object>(
  View: FunctionComponent<P>,
  same: (before: P, after: P) => boolean,
): (props: P) => ComponentChild {
  class Kept extends Component<P> {
    override shouldComponentUpdate(next: Readonly<P>): boolean {
      return !same(this.props, next);
    }
    render(): ComponentChild {
      return createElement(View, this.props);
    }
  }
  return (props: P) => createElement(Kept, props);
}
